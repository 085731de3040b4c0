package dev.gptoss.samples.cli;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.harmony.ResponseFormat;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description = "Continues tokens, a prompt or a conversation.",
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    ModelOptions model = new ModelOptions();

    @ArgGroup(multiplicity = "1")
    GenerateInput input = new GenerateInput();

    @Mixin
    RequestOptions request = new RequestOptions();

    @Option(names = "--json", description = "A line of JSON for each input; always so for several.")
    boolean wantsJson;

    GenerateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        EngineOptions options = model.engineOptions(Precision.FAST, console);
        ResponseFormat format = request.responseFormat();
        try {
            request.apply(GenerationRequest.builder(new Prompt.Tokens(List.of(0))), format)
                    .build();
        } catch (IllegalArgumentException wrong) {
            throw model.wrongUsage(Failures.message(wrong));
        }
        List<byte[]> lines = input.lines();
        int context = ContextNeed.of(input, lines, request.maxTokens);
        try (Engine engine = Engine.open(options.withContextLength(context))) {
            if (lines.size() != 1 || wantsJson) {
                GenerationLine result = new GenerationLine(engine.info());
                return new LineJob(console)
                        .run(
                                lines.iterator(),
                                line -> result.of(
                                        engine.submit(prepare(line, format)).await()));
            }
            try (Generation generation = engine.submit(prepare(Lines.text(lines.getFirst()), format))) {
                stream(generation);
            }
            return 0;
        }
    }

    private GenerationRequest prepare(String line, @Nullable ResponseFormat format) {
        return request.apply(input.request(line), format).build();
    }

    private void stream(Generation generation) {
        GenerationResult result = GenerationResult.collect(() -> new Tee(generation.iterator(), this::show));
        console.print("\n");
        result.toolCalls().forEach(call -> console.note("call: " + call.name() + " " + call.arguments()));
        console.note(result.usage().completion() + " tokens, " + result.reason().wireName());
    }

    private void show(GenerationEvent event) {
        if (event instanceof GenerationEvent.TextDelta delta) {
            console.print(delta.text());
        }
    }
}
