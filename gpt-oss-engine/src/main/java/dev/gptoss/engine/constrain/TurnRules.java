package dev.gptoss.engine.constrain;

import dev.gptoss.engine.schema.CompiledSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a turn of the assistant may and must be.
 *
 * @param tools tools that may be called; for a turn that must call one tool, that one
 * @param isCallRequired whether the turn must call at least one of them
 * @param answer schema of the final message, or null for free text
 * @param reasoningBudget most tokens of reasoning, headers and terminators included, or null for no limit
 */
public record TurnRules(
        List<CallableTool> tools,
        boolean isCallRequired,
        @Nullable CompiledSchema answer,
        @Nullable Integer reasoningBudget) {

    public TurnRules {
        tools = List.copyOf(tools);
        if (isCallRequired && tools.isEmpty()) {
            throw new IllegalArgumentException("a call is required, but there is no tool to call");
        }
    }
}
