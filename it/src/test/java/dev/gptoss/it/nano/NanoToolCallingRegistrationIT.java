package dev.gptoss.it.nano;

import dev.gptoss.engine.ToolChoice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.test.chat.client.advisor.AbstractToolCallingAdvisorAutoRegistrationIT;

/** The framework's contract of when the tool loop is there, on real weights. */
@ExtendWith(NeedsNoWit.class)
class NanoToolCallingRegistrationIT extends AbstractToolCallingAdvisorAutoRegistrationIT {

    private ToolChoice choice = ToolChoice.AUTO;

    /** Reaching a limit takes calls, not wit. */
    @BeforeEach
    void requireCallsWhereTheyAreLimited(TestInfo test) {
        boolean isLimited = test.getTestMethod().orElseThrow().getName().endsWith("ToolCallLimitExceeded");
        choice = isLimited ? ToolChoice.REQUIRED : ToolChoice.AUTO;
    }

    @Override
    protected ChatModel getChatModel() {
        return SmallModel.chatModel(choice);
    }
}
