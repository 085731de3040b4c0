package dev.gptoss.engine.constrain;

import dev.gptoss.engine.schema.CompiledSchema;
import org.jspecify.annotations.Nullable;

/**
 * What a header announces.
 *
 * @param tool whom a call is for, null for every other kind
 * @param schema what the content must be, or null for any text
 */
record MessageTarget(
        Kind kind, @Nullable CallableTool tool, @Nullable CompiledSchema schema) {

    enum Kind {
        REASONING,
        PREAMBLE,
        CALL,
        ANSWER;

        /** One bit of a set of kinds. */
        int bit() {
            return 1 << ordinal();
        }
    }

    /** Tokens that surely suffice to complete the message from the end of its header, terminator included. */
    int closeBound() {
        return 1 + (schema == null ? 0 : schema.matcher().shortestCompletion().length);
    }
}
