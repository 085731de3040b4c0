package dev.gptoss.engine;

import dev.gptoss.engine.harmony.Conversation;
import java.util.List;

/** What a generation continues. */
public sealed interface Prompt {

    /**
     * A conversation, rendered as harmony with the request's tools, response format and effort and continued as the
     * assistant. System and developer messages it already has are kept and completed.
     */
    record Chat(Conversation conversation) implements Prompt {}

    /** Token ids as they are, nothing added. */
    record Tokens(List<Integer> ids) implements Prompt {
        public Tokens {
            ids = List.copyOf(ids);
        }
    }
}
