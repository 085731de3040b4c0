package dev.gptoss.engine.bench;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Encoding beside jtokkit on the same text, one thread; both give the same ids, which the setup checks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TokenizerBenchmark {

    /** English prose; JSON with prompts in it; fifteen scripts, emoji and code in small pieces. */
    @Param({"prose", "json", "mixed"})
    public String text = "";

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final Encoding jtokkit = Encodings.newDefaultEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private String input = "";

    @Setup
    public void read() throws IOException {
        input = switch (text) {
            case "prose" -> resource("/META-INF/LICENSE");
            case "json" -> resource("/vectors/harmony.json");
            default -> vectorTexts();
        };
        if (!Arrays.equals(
                tokenizer.encode(input), jtokkit.encodeOrdinary(input).toArray())) {
            throw new IllegalStateException("jtokkit gives other ids for " + text);
        }
        System.out.printf("%s: %d bytes%n", text, input.getBytes(StandardCharsets.UTF_8).length);
    }

    @Benchmark
    public int[] engine() {
        return tokenizer.encode(input);
    }

    @Benchmark
    public IntArrayList jtokkit() {
        return jtokkit.encodeOrdinary(input);
    }

    private static String vectorTexts() throws IOException {
        JsonNode vectors = JsonMapper.shared().readTree(resource("/vectors/tokenizer.json"));
        return vectors.get("encode_ordinary")
                .valueStream()
                .map(vector -> vector.get("text").asString())
                .collect(Collectors.joining("\n"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = TokenizerBenchmark.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IOException(name + " is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
