package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OldReasoningTests {

    private static final Message ASK = Message.user("?");
    private static final Message THINK = Message.assistant(Channel.ANALYSIS, "hm");
    private static final Message ANSWER = Message.assistant(Channel.FINAL, "!");
    private static final Message CALL = Message.call("f", "{}");
    private static final Message RESULT = Message.toolResult("functions.f", "commentary", "1");
    private static final Message HIDDEN_CALL = CALL.withChannel("analysis");
    private static final Message HIDDEN_RESULT = RESULT.withChannel("analysis");

    @Test
    void allFinishedTurnsLoseTheirReasoning() {
        assertThat(keep(
                        OldReasoning.ALL_FINISHED_TURNS,
                        ASK,
                        THINK,
                        ANSWER,
                        ASK,
                        THINK,
                        CALL,
                        RESULT,
                        THINK,
                        ANSWER,
                        ASK))
                .containsExactly(ASK, ANSWER, ASK, CALL, RESULT, ANSWER, ASK);
    }

    @Test
    void runningTurnKeepsItsReasoning() {
        assertThat(keep(OldReasoning.ALL_FINISHED_TURNS, ASK, THINK, ANSWER, ASK, THINK, CALL, RESULT))
                .containsExactly(ASK, ANSWER, ASK, THINK, CALL, RESULT);
        assertThat(keep(OldReasoning.REFERENCE, ASK, THINK, ANSWER, ASK, THINK, CALL, RESULT))
                .containsExactly(ASK, THINK, ANSWER, ASK, THINK, CALL, RESULT);
    }

    @Test
    void droppedCallTakesItsResultAlongOnWhateverChannel() {
        assertThat(keep(OldReasoning.ALL_FINISHED_TURNS, ASK, HIDDEN_CALL, HIDDEN_RESULT, ANSWER, ASK))
                .containsExactly(ASK, ANSWER, ASK);
        assertThat(keep(OldReasoning.ALL_FINISHED_TURNS, ASK, HIDDEN_CALL, RESULT, CALL, RESULT, ANSWER, ASK))
                .containsExactly(ASK, CALL, RESULT, ANSWER, ASK);
    }

    @Test
    void referenceDropsBeforeTheFirstAnswerOnly() {
        assertThat(keep(OldReasoning.REFERENCE, ASK, THINK, ANSWER, ASK, THINK, ANSWER, ASK))
                .containsExactly(ASK, ANSWER, ASK, THINK, ANSWER, ASK);
    }

    @Test
    void nothingIsDroppedWithoutAnAnswer() {
        for (OldReasoning rule : OldReasoning.values()) {
            assertThat(keep(rule, ASK, THINK, ASK)).containsExactly(ASK, THINK, ASK);
        }
    }

    @Test
    void keepKeepsEverything() {
        assertThat(keep(OldReasoning.KEEP, ASK, THINK, ANSWER, ASK)).containsExactly(ASK, THINK, ANSWER, ASK);
    }

    private static List<Message> keep(OldReasoning rule, Message... messages) {
        return ReasoningFilter.keep(List.of(messages), rule);
    }
}
