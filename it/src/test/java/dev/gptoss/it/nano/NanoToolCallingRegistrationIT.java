package dev.gptoss.it.nano;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.test.chat.client.advisor.AbstractToolCallingAdvisorAutoRegistrationIT;

/** The framework's contract of when the tool loop is there, on real weights. */
@ExtendWith(NeedsNoWit.class)
class NanoToolCallingRegistrationIT extends AbstractToolCallingAdvisorAutoRegistrationIT {

    @Override
    protected ChatModel getChatModel() {
        return SmallModel.chatModel();
    }
}
