package dev.gptoss.engine.compute.cache;

import dev.gptoss.engine.weights.ExpertWeights;
import dev.gptoss.engine.weights.LayerWeights;
import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What packed weights are made from, as a SHA-256: the form they are packed in; name, type and shape of every matrix; sampled
 * rows of each; and size and time of change of every file. The rows tell models apart, the times tell of a change between
 * them, which costs less than reading the model: 4,000 small reads for the 20b.
 */
final class CacheKey {

    /** Rows of a matrix of attention or the head; of an expert's matrices one, of which a model has thousands. */
    private static final int DENSE_SAMPLES = 4;

    private final MessageDigest digest = sha256();

    private CacheKey() {}

    /** @param form whatever else decides how the weights are packed */
    static byte[] of(Weights weights, byte[] form) {
        var key = new CacheKey();
        key.add(form);
        key.addMatrices(weights);
        for (Path file : weights.files()) {
            key.addFile(file);
        }
        return key.digest.digest();
    }

    private void addMatrices(Weights weights) {
        add(weights.embedding(), DENSE_SAMPLES);
        add(weights.head(), DENSE_SAMPLES);
        for (int l = 0; l < weights.config().layers(); l++) {
            LayerWeights layer = weights.layer(l);
            add(layer.query().weight(), DENSE_SAMPLES);
            add(layer.key().weight(), DENSE_SAMPLES);
            add(layer.value().weight(), DENSE_SAMPLES);
            add(layer.output().weight(), DENSE_SAMPLES);
            add(layer.router().weight(), DENSE_SAMPLES);
            for (ExpertWeights expert : layer.experts()) {
                add(expert.gate().weight(), 1);
                add(expert.up().weight(), 1);
                add(expert.down().weight(), 1);
            }
        }
    }

    private void add(WeightMatrix matrix, int samples) {
        add((matrix.name() + " " + matrix.type() + " " + matrix.rows() + " " + matrix.columns())
                .getBytes(StandardCharsets.UTF_8));
        try (var arena = Arena.ofConfined()) {
            MemorySegment row = arena.allocate(matrix.rowBytes(), 64);
            for (int i = 0; i < samples; i++) {
                matrix.readRows((int) ((2 * i + 1L) * matrix.rows() / (2 * samples)), 1, row);
                digest.update(row.asByteBuffer());
            }
        }
    }

    private void addFile(Path file) {
        try {
            long[] stamp = {Files.size(file), Files.getLastModifiedTime(file).toMillis()};
            var bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(stamp[0]).putLong(stamp[1]);
            digest.update(bytes.flip());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be examined: " + e.getMessage(), e);
        }
    }

    /** Length first, so that no two lists of parts look alike. */
    private void add(byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
