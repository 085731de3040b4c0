package dev.gptoss.engine.runtime;

import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.ToolChoice;
import dev.gptoss.engine.UnsupportedRequestException;
import dev.gptoss.engine.constrain.CallableTool;
import dev.gptoss.engine.constrain.HarmonyConstraint;
import dev.gptoss.engine.constrain.OrdinaryTokens;
import dev.gptoss.engine.constrain.TurnRules;
import dev.gptoss.engine.harmony.Channel;
import dev.gptoss.engine.harmony.HarmonyGrammar;
import dev.gptoss.engine.harmony.ResponseFormat;
import dev.gptoss.engine.harmony.ToolDefinition;
import dev.gptoss.engine.harmony.ToolNamespace;
import dev.gptoss.engine.schema.CompiledSchema;
import dev.gptoss.engine.schema.SchemaCompiler;
import dev.gptoss.engine.schema.SchemaNotSupportedException;
import dev.gptoss.engine.schema.SchemaOptions;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the constraint of a turn from what a request declares and promises. Any thread. */
final class TurnConstraints {

    private final Tokenizer tokenizer;
    private @Nullable SchemaCompiler compiler;

    TurnConstraints(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * The constraint of a turn that begins after {@code <|start|>assistant}.
     *
     * @param declared namespaces of tools that the prompt declares
     * @throws UnsupportedRequestException if a schema cannot be enforced, or the tool that must be called is not there
     */
    HarmonyConstraint of(GenerationRequest request, Collection<ToolNamespace> declared) {
        ToolChoice choice = request.toolChoice();
        List<CallableTool> tools = new ArrayList<>();
        for (ToolNamespace namespace : declared) {
            addTools(tools, namespace, choice);
        }
        boolean isCallRequired = choice instanceof ToolChoice.Required || choice instanceof ToolChoice.Named;
        if (isCallRequired && tools.isEmpty()) {
            String wanted = choice instanceof ToolChoice.Named named ? "the tool " + named.tool() : "a tool";
            throw new UnsupportedRequestException(
                    "The request requires a call of " + wanted + ", which it does not declare.");
        }
        ResponseFormat format = request.responseFormat();
        CompiledSchema answer = format == null
                ? null
                : compiled(
                        "response format " + format.name(),
                        () -> compiler().compile(format.schema(), SchemaOptions.DEFAULT));
        TurnRules rules = new TurnRules(tools, isCallRequired, answer, request.reasoningBudget());
        return HarmonyConstraint.of(rules, tokenizer);
    }

    private void addTools(List<CallableTool> tools, ToolNamespace namespace, ToolChoice choice) {
        boolean isBuiltIn = !namespace.name().equals(ToolNamespace.FUNCTIONS);
        if (namespace.tools().isEmpty() && isBuiltIn && isPermitted(choice, namespace.name())) {
            tools.add(builtIn(namespace.name(), null));
        }
        for (ToolDefinition tool : namespace.tools()) {
            String recipient = namespace.name() + "." + tool.name();
            if (isPermitted(choice, isBuiltIn ? recipient : tool.name())) {
                CompiledSchema arguments = compiled(
                        "tool " + tool.name(), () -> compiler().compile(argumentsOf(tool), SchemaOptions.DEFAULT));
                tools.add(isBuiltIn ? builtIn(recipient, arguments) : function(recipient, arguments));
            }
        }
    }

    private static boolean isPermitted(ToolChoice choice, String name) {
        return switch (choice) {
            case ToolChoice.None none -> false;
            case ToolChoice.Named named -> named.tool().equals(name);
            default -> true;
        };
    }

    private static CallableTool function(String recipient, CompiledSchema arguments) {
        return new CallableTool(
                recipient, List.of(Channel.COMMENTARY), List.of(HarmonyGrammar.CONSTRAINED_JSON, "json"), arguments);
    }

    /** Built-in tools are called from inside the reasoning; one without functions takes any text, such as code. */
    private static CallableTool builtIn(String recipient, @Nullable CompiledSchema arguments) {
        return new CallableTool(
                recipient,
                List.of(Channel.ANALYSIS, Channel.COMMENTARY),
                List.of("code", HarmonyGrammar.CONSTRAINED_JSON),
                arguments);
    }

    /** Arguments are an object, also where the schema forgets to say so; a tool without parameters takes none. */
    private static JsonNode argumentsOf(ToolDefinition tool) {
        JsonNode parameters = tool.parameters();
        if (parameters == null) {
            return JsonNodeFactory.instance.objectNode().put("type", "object").put("additionalProperties", false);
        }
        if (parameters instanceof ObjectNode object && !object.has("type") && !object.has("$ref")) {
            return object.deepCopy().put("type", "object");
        }
        return parameters;
    }

    private static CompiledSchema compiled(String what, Supplier<CompiledSchema> compilation) {
        try {
            return compilation.get();
        } catch (SchemaNotSupportedException e) {
            UnsupportedRequestException refusal =
                    new UnsupportedRequestException("The " + what + " cannot be enforced: " + e.getMessage());
            refusal.initCause(e);
            throw refusal;
        }
    }

    /** Made at first use: it sorts the whole vocabulary. */
    private synchronized SchemaCompiler compiler() {
        SchemaCompiler made = compiler;
        if (made == null) {
            made = new SchemaCompiler(new OrdinaryTokens(tokenizer));
            compiler = made;
        }
        return made;
    }
}
