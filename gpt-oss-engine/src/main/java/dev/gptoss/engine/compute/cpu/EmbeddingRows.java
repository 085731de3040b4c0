package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.tensor.BlockDecoder;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;

/**
 * The embedding, rows in canonical block order: one row a token is read, so nothing is gained by packing.
 *
 * @param rows (vocabulary, D)
 * @param columns D
 */
record EmbeddingRows(TensorType type, MemorySegment rows, int columns) {

    /** Writes the row of a token as F32 to {@code to} from {@code at} on. */
    void decode(int token, float[] to, int at) {
        BlockDecoder.decode(type, rows, token * type.bytes(columns), to, at, columns);
    }
}
