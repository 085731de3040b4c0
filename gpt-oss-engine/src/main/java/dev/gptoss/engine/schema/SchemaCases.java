package dev.gptoss.engine.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs lines of schema cases through the path the sampler uses: one JSON object in, one out. A test is accepted if each
 * token of the compact text of its data is permitted in turn by the mask, and then the end.
 */
public final class SchemaCases {

    private static final int MAX_WALK_TOKENS = 2_000;

    private final SchemaCompiler compiler;
    private final Vocabulary vocabulary;
    private final boolean isReversed;
    private final int walks;
    private final long seed;
    private final long[] mask;

    /**
     * @param reversed whether the keys of the instances are reversed
     * @param walks number of random walks
     * @param seed seed of the walks
     */
    public SchemaCases(SchemaCompiler compiler, Vocabulary vocabulary, boolean reversed, int walks, long seed) {
        this.compiler = compiler;
        this.vocabulary = vocabulary;
        this.isReversed = reversed;
        this.walks = walks;
        this.seed = seed;
        mask = new long[vocabulary.size() + 63 >> 6];
    }

    /**
     * @param line {@code {"id", "schema", "tests": [{"valid", "data"}]}}
     * @return one line of JSON with the verdicts
     * @throws IllegalArgumentException if the line is not such an object
     */
    public String run(String line) {
        JsonNode input;
        try {
            input = SchemaCompiler.JSON.readTree(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        JsonNode schema = input.get("schema");
        if (schema == null) {
            throw new IllegalArgumentException("a case needs a member 'schema'");
        }
        ObjectNode out = SchemaCompiler.JSON.createObjectNode();
        out.set("id", input.path("id"));
        try {
            // A first round warms the code up; the second, with empty caches, is the one that is timed.
            verdicts(compiler.compileAfresh(schema, SchemaOptions.DEFAULT), input, null);
            long begun = System.nanoTime();
            CompiledSchema compiled = compiler.compileAfresh(schema, SchemaOptions.DEFAULT);
            long compileNanos = System.nanoTime() - begun;
            List<Long> maskNanos = new ArrayList<>();
            out.put("compiled", true).putNull("error");
            out.set("tests", verdicts(compiled, input, maskNanos));
            out.set("walks", walk(compiled));
            out.put("compile_us", compileNanos / 1e3);
            out.set("mask_us", figures(maskNanos));
        } catch (SchemaNotSupportedException e) {
            out.put("compiled", false).put("error", e.getMessage());
            out.putArray("tests");
            out.putArray("walks");
        }
        return out.toString();
    }

    /** @param maskNanos if not null, times of the masks of valid instances are added */
    private ArrayNode verdicts(CompiledSchema compiled, JsonNode input, @Nullable List<Long> maskNanos) {
        ArrayNode out = SchemaCompiler.JSON.createArrayNode();
        for (JsonNode test : input.path("tests").values()) {
            boolean isValid = test.path("valid").booleanValue(false);
            out.add(accepts(compiled, test.path("data"), isValid ? maskNanos : null));
        }
        return out;
    }

    private boolean accepts(CompiledSchema compiled, JsonNode data, @Nullable List<Long> maskNanos) {
        int[] tokens = vocabulary.encode(CompactJson.write(data, isReversed));
        SchemaMatcher matcher = compiled.matcher();
        for (int i = 0; i <= tokens.length; i++) {
            long begun = System.nanoTime();
            matcher.mask(mask);
            boolean mayEnd = matcher.mayEnd();
            if (maskNanos != null) {
                maskNanos.add(System.nanoTime() - begun);
            }
            if (i == tokens.length) {
                return mayEnd;
            }
            if ((mask[tokens[i] >> 6] >> tokens[i] & 1) == 0) {
                return false;
            }
            matcher.accept(tokens[i]);
        }
        return false;
    }

    /** Draws uniformly from the mask, the end included. */
    private ArrayNode walk(CompiledSchema compiled) {
        ArrayNode out = SchemaCompiler.JSON.createArrayNode();
        for (int i = 0; i < walks; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            java.io.ByteArrayOutputStream text = new java.io.ByteArrayOutputStream();
            boolean finished = walk(compiled.matcher(), random, text);
            out.addObject().put("text", text.toString(StandardCharsets.UTF_8)).put("finished", finished);
        }
        return out;
    }

    private boolean walk(SchemaMatcher matcher, SplittableRandom random, java.io.ByteArrayOutputStream text) {
        for (int i = 0; i < MAX_WALK_TOKENS; i++) {
            matcher.mask(mask);
            int count = 0;
            for (long word : mask) {
                count += Long.bitCount(word);
            }
            int choices = count + (matcher.mayEnd() ? 1 : 0);
            if (choices == 0) {
                throw new IllegalStateException("dead end after " + text.toString(StandardCharsets.UTF_8));
            }
            int choice = random.nextInt(choices);
            if (choice == count) {
                return true;
            }
            int token = nth(mask, choice);
            text.writeBytes(vocabulary.bytes(token));
            matcher.accept(token);
        }
        return false;
    }

    /** The permitted token with {@code index} permitted ones before it. */
    static int nth(long[] mask, int index) {
        int left = index;
        for (int i = 0; ; i++) {
            int here = Long.bitCount(mask[i]);
            if (left < here) {
                long word = mask[i];
                for (; left > 0; left--) {
                    word &= word - 1;
                }
                return i << 6 | Long.numberOfTrailingZeros(word);
            }
            left -= here;
        }
    }

    private static ObjectNode figures(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        ObjectNode out = SchemaCompiler.JSON.createObjectNode();
        if (sorted.length > 0) {
            out.put("p50", sorted[sorted.length / 2] / 1e3);
            out.put("p99", sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.99) - 1)] / 1e3);
            out.put("max", Arrays.stream(sorted).max().orElse(0) / 1e3);
        }
        return out;
    }
}
