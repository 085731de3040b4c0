package dev.gptoss.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guards the parsers of foreign bytes: whatever a header says, opening it and reading a little ends in a model or in a
 * {@link WeightsException}, soon and in little memory.
 */
class HeaderFuzzTests {
    /** A hundred thousand in the full profile, over four headers. */
    private static final int RUNS = (Boolean.getBoolean("gptoss.full") ? 100_000 : 10_000) / 4;

    private static final long MOST_ALLOCATED_BYTES = 64 << 20;
    private static final long[] REMARKABLE = {
        0,
        1,
        2,
        4,
        31,
        255,
        256,
        65_535,
        1 << 30,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        1L << 40,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -8
    };
    private static final String[] JSON_WORDS = {
        "null",
        "true",
        "-1",
        "0",
        "1e400",
        "2147483648",
        "9223372036854775808",
        "1.5",
        "\"\"",
        "[]",
        "{}",
        "[[",
        "}",
        "\"BF16\"",
        "\"U8\"",
        "\"F32\"",
        "4294967296",
        "-0",
        "\\u0000",
        "\"block.0.attn.sinks\":"
    };

    @TempDir
    Path folder;

    private int opened;

    @Test
    void mutatedGgufHeadersAreModelsOrErrors() throws IOException {
        byte[] file = Files.readAllBytes(TinyModel.mxfp4Gguf());
        int header = ggufHeaderLength(file);
        Path path = folder.resolve("fuzz.gguf");
        Files.write(path, file);
        fuzz(1, Arrays.copyOf(file, header), false, (mutated, size) -> {
            replaceHead(path, mutated, file, header, size);
            return path;
        });
    }

    @Test
    void mutatedSafetensorsHeadersAreModelsOrErrors() throws IOException {
        TinyModel.copy(TinyModel.original(), folder);
        Path path = folder.resolve("model.safetensors");
        byte[] file = Files.readAllBytes(path);
        int header =
                8 + (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        fuzz(2, Arrays.copyOf(file, header), true, (mutated, size) -> {
            replaceHead(path, mutated, file, header, size);
            return folder;
        });
    }

    @Test
    void mutatedConfigurationsAndIndexesAreModelsOrErrors() throws IOException {
        TinyModel.copy(TinyModel.huggingFace(), folder);
        for (String name : new String[] {"config.json", "model.safetensors.index.json"}) {
            Path path = folder.resolve(name);
            byte[] intact = Files.readAllBytes(path);
            fuzz(name.hashCode(), intact, true, (mutated, size) -> {
                Files.write(path, mutated);
                return folder;
            });
            Files.write(path, intact);
        }
    }

    private interface Placement {
        /** Puts the bytes where the model reads them; {@code size} of the whole file, negative for unchanged. */
        Path put(byte[] mutated, long size) throws IOException;
    }

    private void fuzz(long seed, byte[] intact, boolean isJson, Placement placement) throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int run = 0; run < RUNS; run++) {
            var random = new SplittableRandom(seed * 1_000_003 + run);
            byte[] mutated = intact;
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                mutated = isJson && random.nextInt(3) > 0 ? mutatedJson(mutated, random) : mutated(mutated, random);
            }
            long size = random.nextInt(20) == 0 ? random.nextInt(1 << 20) : -1;
            Path model = placement.put(mutated, size);
            long before = threads.getCurrentThreadAllocatedBytes();
            try (Weights weights = Weights.open(model)) {
                weights.finalNorm().read();
                weights.layer(0).experts().getLast().up().bias().read();
                WeightMatrix embedding = weights.embedding();
                embedding.decodeRows(embedding.rows() - 1, 1, new float[embedding.columns()], 0);
                opened++;
            } catch (WeightsException e) {
                assertThat(e.getMessage()).as("run %d", run).isNotBlank();
            } catch (Throwable e) {
                fail("run " + run + " of seed " + seed, e);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated)
                    .as("bytes allocated in run %d of seed %d", run, seed)
                    .isLessThan(MOST_ALLOCATED_BYTES);
        }
        // Some mutations are harmless; if none were, the harness would be testing its own damage.
        assertThat(opened).isPositive();
    }

    private static byte[] mutated(byte[] bytes, SplittableRandom random) {
        byte[] copy = bytes.clone();
        int at = random.nextInt(copy.length);
        switch (random.nextInt(5)) {
            case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> copy[at] = (byte) random.nextInt(256);
            case 2 -> {
                int width = random.nextBoolean() ? 4 : 8;
                int aligned = Math.max(0, Math.min(at, copy.length - 8));
                long value = REMARKABLE[random.nextInt(REMARKABLE.length)];
                ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).put(aligned, words(value), 0, width);
            }
            case 3 -> {
                int length = Math.min(copy.length - at, 1 + random.nextInt(64));
                return spliced(copy, at, at + length, new byte[0]);
            }
            default -> {
                int from = random.nextInt(copy.length);
                byte[] piece = Arrays.copyOfRange(copy, from, Math.min(copy.length, from + 1 + random.nextInt(64)));
                return spliced(copy, at, at, piece);
            }
        }
        return copy;
    }

    /** Replaces a number or a string by another word, so that the JSON often stays whole. */
    private static byte[] mutatedJson(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length);
        while (at < bytes.length && !Character.isLetterOrDigit(bytes[at])) {
            at++;
        }
        int end = at;
        while (end < bytes.length
                && (Character.isLetterOrDigit(bytes[end]) || bytes[end] == '_' || bytes[end] == '.')) {
            end++;
        }
        String word = random.nextBoolean()
                ? JSON_WORDS[random.nextInt(JSON_WORDS.length)]
                : String.valueOf(REMARKABLE[random.nextInt(REMARKABLE.length)]);
        return spliced(bytes, at, end, word.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] words(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] instead) {
        byte[] result = new byte[Math.max(1, bytes.length - (to - from) + instead.length)];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(instead, 0, result, from, instead.length);
        int rest = Math.min(bytes.length - to, result.length - from - instead.length);
        System.arraycopy(bytes, to, result, from + instead.length, Math.max(0, rest));
        return result;
    }

    /** Writes the header and what follows it in the intact file, at the same place if the length is the same. */
    private static void replaceHead(Path path, byte[] mutated, byte[] intact, int header, long size)
            throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(mutated);
            file.setLength(size >= 0 ? size : intact.length - header + mutated.length);
        }
    }

    private static int ggufHeaderLength(byte[] file) {
        // The small file's first tensor lies right behind the header; its bytes are those of the embedding.
        try (Weights weights = Weights.open(TinyModel.mxfp4Gguf());
                var arena = Arena.ofConfined()) {
            byte[] rows = WeightsTests.bytes(weights.embedding(), arena).toArray(ValueLayout.JAVA_BYTE);
            for (int at = 0; at < file.length - rows.length; at += 32) {
                if (Arrays.equals(file, at, at + rows.length, rows, 0, rows.length)) {
                    return at;
                }
            }
        }
        throw new IllegalStateException("no embedding in the small model");
    }
}
