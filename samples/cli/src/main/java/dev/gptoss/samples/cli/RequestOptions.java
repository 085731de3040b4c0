package dev.gptoss.samples.cli;

import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Sampling;
import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.engine.harmony.ResponseFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** How an answer is chosen and where it ends. */
final class RequestOptions {

    @Option(names = "--max", paramLabel = "N", description = "Most generated tokens, reasoning included.")
    @Nullable
    Integer maxTokens;

    @Option(names = "--temperature", description = "0 is greedy. Default: ${DEFAULT-VALUE}.")
    float temperature = Sampling.DEFAULT.temperature();

    @Option(names = "--top-k", description = "Keeps the likeliest tokens; 0 keeps all.")
    int topK = Sampling.DEFAULT.topK();

    @Option(names = "--top-p", description = "Keeps the likeliest tokens of this mass together; 1 keeps all.")
    float topP = Sampling.DEFAULT.topP();

    @Option(names = "--min-p", description = "Keeps tokens at least this likely, compared with the likeliest.")
    float minP = Sampling.DEFAULT.minP();

    @Option(names = "--seed", description = "The same seed gives the same text; drawn if absent.")
    @Nullable
    Long seed;

    @Option(names = "--stop", paramLabel = "TEXT", description = "Ends the answer where it would be said; repeatable.")
    List<String> stop = new ArrayList<>();

    @Option(names = "--reasoning", description = "How long the model thinks: ${COMPLETION-CANDIDATES}.")
    @Nullable
    ReasoningEffort reasoning;

    @Option(names = "--schema", paramLabel = "FILE", description = "JSON Schema that the answer must satisfy.")
    @Nullable
    Path schema;

    /**
     * Adds these options to a request, which checks them when it is built.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    GenerationRequest.Builder apply(GenerationRequest.Builder request, @Nullable ResponseFormat format) {
        Sampling sampling = new Sampling(
                temperature,
                topK,
                topP,
                minP,
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                0,
                0,
                java.util.Map.of());
        return request.sampling(sampling)
                .maxTokens(maxTokens)
                .stop(stop)
                .reasoningEffort(reasoning)
                .responseFormat(format);
    }

    /** The schema of the answer, if there is one. */
    @Nullable
    ResponseFormat responseFormat() throws IOException {
        if (schema == null) {
            return null;
        }
        JsonNode tree = Json.read(Files.readString(schema));
        return new ResponseFormat("answer", null, Json.write(tree));
    }
}
