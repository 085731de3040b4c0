package dev.gptoss.it.nano;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.test.chat.client.advisor.AbstractToolCallingAdvisorIT;

/** The framework's contract of the tool loop on real weights. */
@ExtendWith(NeedsNoWit.class)
class NanoToolCallingIT extends AbstractToolCallingAdvisorIT {

    @Override
    protected ChatModel getChatModel() {
        return SmallModel.chatModel();
    }
}
