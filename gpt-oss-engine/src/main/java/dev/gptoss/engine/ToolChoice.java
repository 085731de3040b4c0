package dev.gptoss.engine;

/** Whether and which declared tools the model may call. */
public sealed interface ToolChoice {

    /** The model decides. */
    ToolChoice AUTO = new Auto();

    /** No call. */
    ToolChoice NONE = new None();

    /** At least one call. */
    ToolChoice REQUIRED = new Required();

    /** A call of this tool, named without its namespace. */
    static ToolChoice of(String tool) {
        return new Named(tool);
    }

    record Auto() implements ToolChoice {}

    record None() implements ToolChoice {}

    record Required() implements ToolChoice {}

    record Named(String tool) implements ToolChoice {}
}
