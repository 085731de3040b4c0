package dev.gptoss.it.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * llama.cpp reads our file and says the same. Skipped with a message unless the peer is installed: {@code npm install}
 * in this folder, or {@code PEER_NODE_MODULES} naming a folder that has it.
 */
class PeerTests {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Path HERE = Path.of("").toAbsolutePath();

    /** llama.cpp multiplies 8-bit activations; at the 8 positions looked at the largest difference was 0.044. */
    private static final double TOLERANCE = 0.15;

    private static final String SHAPE = """
            {"model_type": "gpt_oss", "hidden_size": 128, "intermediate_size": 128, "num_hidden_layers": 2,
             "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 64, "num_local_experts": 8,
             "num_experts_per_tok": 4, "vocab_size": 201088, "sliding_window": 16, "max_position_embeddings": 131072,
             "initial_context_length": 4096, "rms_norm_eps": 1e-05, "rope_theta": 150000, "swiglu_limit": 7.0,
             "layer_types": ["sliding_attention", "full_attention"],
             "rope_scaling": {"beta_fast": 32.0, "beta_slow": 1.0, "factor": 32.0, "rope_type": "yarn",
             "original_max_position_embeddings": 4096, "truncate": false}}
            """;

    @TempDir
    static Path folder;

    private static Path model;

    @BeforeAll
    static void makeUpAModel() throws Exception {
        assumeTrue(isOnPath("npm") && isOnPath("node"), "skipped: npm is not installed here");
        String modules = System.getenv().getOrDefault("PEER_NODE_MODULES", HERE.toString());
        assumeTrue(
                Files.isDirectory(Path.of(modules, "node_modules", "node-llama-cpp")),
                "skipped: the peer is not installed; run npm install in it/bench");
        model = folder.resolve("made-up.gguf");
        Path shape = Files.writeString(folder.resolve("shape.json"), SHAPE);
        run(launcher(), "synth", "--shape", shape.toString(), "--out", model.toString(), "--seed", "3");
    }

    @Test
    void llamaCppReadsOurFileAndAgreesOnEveryPosition() throws Exception {
        List<Integer> ids = IntStream.range(0, 40)
                .map(i -> 1000 + i * 7919 % 150_000)
                .boxed()
                .toList();
        Path tokens = Files.writeString(folder.resolve("ids.json"), MAPPER.writeValueAsString(ids));

        List<String> ours = run(launcher(), "logits", "--model", model.toString(), "--tokens", tokens.toString());
        JsonNode peers = MAPPER.readTree(run(
                        "node",
                        HERE.resolve("peer.mjs").toString(),
                        "logits",
                        model.toString(),
                        MAPPER.writeValueAsString(Map.of("ids", ids, "threads", 2, "top", 20)))
                .getLast());

        assertThat(ours).hasSize(ids.size());
        for (int position = 0; position < ids.size(); position++) {
            Map<Integer, Double> top = top(MAPPER.readTree(ours.get(position)));
            Map<Integer, Double> peer = top(peers.get(position));
            top.keySet().retainAll(peer.keySet());
            assertThat(top)
                    .as("position %d", position)
                    .hasSizeGreaterThan(10)
                    .allSatisfy((id, logprob) -> assertThat(peer.get(id)).isCloseTo(logprob, within(TOLERANCE)));
        }
    }

    @Test
    void theComparisonGivesRatios() throws Exception {
        List<String> lines =
                run(HERE.resolve("run").toString(), model.toString(), "-p", "32", "-n", "8", "-r", "1", "-d", "16");

        JsonNode summary = MAPPER.readTree(lines.getLast());
        for (String phase : List.of("prefill", "decode")) {
            JsonNode figures = summary.path(phase);
            assertThat(figures.path("ratio").doubleValue())
                    .isPositive()
                    .isCloseTo(
                            figures.path("ours").doubleValue()
                                    / figures.path("llama_cpp").doubleValue(),
                            within(1e-9));
        }
    }

    private static String launcher() {
        return HERE.resolve("../../samples/cli/gpt-oss").normalize().toString();
    }

    private static Map<Integer, Double> top(JsonNode line) {
        Map<Integer, Double> top = new HashMap<>();
        line.path("top")
                .forEach(pair -> top.put(pair.get(0).asInt(), pair.get(1).doubleValue()));
        return top;
    }

    private static boolean isOnPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("in time").isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readAllLines(out);
    }
}
