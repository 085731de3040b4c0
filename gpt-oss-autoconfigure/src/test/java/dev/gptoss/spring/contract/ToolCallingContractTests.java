package dev.gptoss.spring.contract;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.test.chat.client.advisor.AbstractToolCallingAdvisorIT;

/** The framework's contract of the tool loop: calls, streams, memory, direct returns, limits. */
class ToolCallingContractTests extends AbstractToolCallingAdvisorIT {

    @Override
    protected ChatModel getChatModel() {
        return WeatherScript.chatModel();
    }
}
