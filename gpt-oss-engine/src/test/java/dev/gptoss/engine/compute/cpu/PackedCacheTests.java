package dev.gptoss.engine.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.Backends;
import dev.gptoss.engine.compute.DenseWeights;
import dev.gptoss.engine.compute.KvType;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.compute.StepDriver;
import dev.gptoss.engine.compute.cache.PackedCache;
import dev.gptoss.engine.weights.TinyModel;
import dev.gptoss.engine.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A load from the cache gives the bits of packing, and nothing that lies in the folder can change that. */
class PackedCacheTests {

    private static final int[] TOKENS =
            IntStream.range(0, 40).map(i -> i * 53 % 320).toArray();

    private final Logger logger = (Logger) LoggerFactory.getLogger(PackedCache.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @ParameterizedTest
    @EnumSource
    void secondLoadReadsAndGivesTheSameBits(Precision precision) throws IOException {
        for (Path model : List.of(TinyModel.huggingFace(), TinyModel.mixedGguf())) {
            float[][] expected = logits(model, "vector", precision, DenseWeights.Q8_0, null);
            assertThat(logits(model, "scalar", precision, DenseWeights.Q8_0, folder))
                    .isDeepEqualTo(expected);
            expectLog(Level.INFO);
            for (String backend : new String[] {"vector", "scalar"}) {
                assertThat(logits(model, backend, precision, DenseWeights.Q8_0, folder))
                        .isDeepEqualTo(expected);
                expectLog();
            }
        }
        assertThat(files()).hasSize(2).allMatch(file -> file.toString().endsWith(".tiles"));
    }

    @Test
    void everyFormHasItsFile() throws IOException {
        logits(Precision.FAST, DenseWeights.Q8_0);
        logits(Precision.FAST, DenseWeights.AS_STORED);
        assertThat(files()).hasSize(2);
        logits(Precision.EXACT, DenseWeights.Q8_0); // is as stored, in the same tiles
        assertThat(files()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 13, 17, 30, 60, 4096, 100_000, -1})
    void damagedByteMeansPackingWithAWarning(int at) throws IOException {
        expectHealed(bytes -> bytes[at < 0 ? bytes.length + at : at] ^= 0x10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 4095, 4096, 200_000})
    void truncatedFileMeansPackingWithAWarning(int length) throws IOException {
        float[][] expected = logits(Precision.FAST, DenseWeights.Q8_0);
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, length));
        expectRepacked(expected, file, whole);
    }

    @Test
    void bytesBehindTheEndMeanPackingWithAWarning() throws IOException {
        float[][] expected = logits(Precision.FAST, DenseWeights.Q8_0);
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length + 64));
        expectRepacked(expected, file, whole);
    }

    @Test
    void fileOfAnotherModelOrFormMeansPackingWithAWarning() throws IOException {
        float[][] expected = logits(Precision.FAST, DenseWeights.Q8_0);
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        logits(TinyModel.mxfp4Gguf(), "vector", Precision.FAST, DenseWeights.Q8_0, folder);
        Path other = otherThan(file);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        log.list.clear();
        expectRepacked(expected, file, whole);
        logits(Precision.EXACT, DenseWeights.AS_STORED);
        Files.move(otherThan(file), file, StandardCopyOption.REPLACE_EXISTING);
        log.list.clear();
        expectRepacked(expected, file, whole);
    }

    @Test
    void changedModelIsAnotherModel(@TempDir Path models) throws IOException {
        Path model = models.resolve("model.gguf");
        Files.copy(TinyModel.mxfp4Gguf(), model);
        logits(model, "vector", Precision.FAST, DenseWeights.Q8_0, folder);
        FileTime time = Files.getLastModifiedTime(model);
        Files.setLastModifiedTime(model, FileTime.fromMillis(time.toMillis() - 5000));
        logits(model, "vector", Precision.FAST, DenseWeights.Q8_0, folder);
        assertThat(files()).hasSize(2);
        byte[] bytes = Files.readAllBytes(model);
        for (int i = bytes.length / 2; i < bytes.length; i += 64) {
            bytes[i] ^= 1;
        }
        Files.write(model, bytes);
        Files.setLastModifiedTime(model, time);
        float[][] expected = logits(model, "vector", Precision.FAST, DenseWeights.Q8_0, null);
        assertThat(logits(model, "vector", Precision.FAST, DenseWeights.Q8_0, folder))
                .isDeepEqualTo(expected);
        assertThat(files()).hasSize(3);
    }

    @Test
    void concurrentWritersLeaveOneWholeFile() throws IOException {
        float[][] expected = logits(TinyModel.huggingFace(), "vector", Precision.FAST, DenseWeights.Q8_0, null);
        var loads = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> logits(Precision.FAST, DenseWeights.Q8_0)))
                .toList();
        for (var load : loads) {
            assertThat(load.join()).isDeepEqualTo(expected);
        }
        assertThat(files()).hasSize(1);
        log.list.clear();
        assertThat(logits(Precision.FAST, DenseWeights.Q8_0)).isDeepEqualTo(expected);
        expectLog();
    }

    @Test
    void folderThatCannotBeWrittenCostsAWarning() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        float[][] expected = logits(TinyModel.huggingFace(), "vector", Precision.FAST, DenseWeights.Q8_0, null);
        assertThat(logits(TinyModel.huggingFace(), "vector", Precision.FAST, DenseWeights.Q8_0, file))
                .isDeepEqualTo(expected);
        expectLog(Level.WARN);
    }

    @Test
    void loadCancelledWhileWritingLeavesNothing() throws IOException {
        var listener = new LoadListener() {
            private volatile long packing;
            private volatile boolean isWriting;

            @Override
            public void onProgress(long done, long total) {
                packing = packing == 0 ? total : packing;
                isWriting = total != packing;
            }

            @Override
            public boolean isCancelled() {
                return isWriting;
            }
        };
        assertThatThrownBy(() -> open(
                        Weights.open(TinyModel.huggingFace()),
                        "vector",
                        Precision.FAST,
                        DenseWeights.Q8_0,
                        folder,
                        listener))
                .isInstanceOf(CancellationException.class);
        assertThat(files()).isEmpty();
    }

    private interface Damage {
        void to(byte[] bytes);
    }

    private void expectHealed(Damage damage) throws IOException {
        float[][] expected = logits(Precision.FAST, DenseWeights.Q8_0);
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damage.to(damaged);
        Files.write(file, damaged);
        expectRepacked(expected, file, whole);
    }

    /** A load now warns once and packs, the one after it reads. */
    private void expectRepacked(float[][] expected, Path file, byte[] whole) throws IOException {
        log.list.clear();
        assertThat(logits(Precision.FAST, DenseWeights.Q8_0)).isDeepEqualTo(expected);
        assertThat(log.list.getFirst().getFormattedMessage()).contains(file.toString());
        expectLog(Level.WARN, Level.INFO);
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        assertThat(logits(Precision.FAST, DenseWeights.Q8_0)).isDeepEqualTo(expected);
        expectLog();
    }

    private void expectLog(Level... levels) {
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(levels);
        log.list.clear();
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private Path otherThan(Path file) throws IOException {
        return files().stream().filter(f -> !f.equals(file)).findFirst().orElseThrow();
    }

    private float[][] logits(Precision precision, DenseWeights dense) {
        return logits(TinyModel.huggingFace(), "vector", precision, dense, folder);
    }

    private static float[][] logits(Path model, String backend, Precision precision, DenseWeights dense, Path cache) {
        Weights weights = Weights.open(model);
        try (Backend loaded = open(weights, backend, precision, dense, cache, LoadListener.NONE)) {
            return new StepDriver(loaded, weights.config().vocabulary()).compute(0, TOKENS, 16);
        }
    }

    /** Closes the weights. */
    private static Backend open(
            Weights weights, String name, Precision precision, DenseWeights dense, Path cache, LoadListener listener) {
        try (weights) {
            var limits =
                    StepDriver.limits(16, 1, TOKENS.length, 64, weights.config().slidingWindow());
            var choice = new BackendChoice(name, 0, precision, dense, KvType.F16, cache, 2, limits);
            return Backends.load(weights, Backends.plan(weights, choice), listener);
        }
    }
}
