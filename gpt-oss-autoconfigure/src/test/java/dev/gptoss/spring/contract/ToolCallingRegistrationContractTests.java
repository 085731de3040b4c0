package dev.gptoss.spring.contract;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.test.chat.client.advisor.AbstractToolCallingAdvisorAutoRegistrationIT;

/** The framework's contract of when the tool loop is there. */
class ToolCallingRegistrationContractTests extends AbstractToolCallingAdvisorAutoRegistrationIT {

    @Override
    protected ChatModel getChatModel() {
        return WeatherScript.chatModel();
    }
}
