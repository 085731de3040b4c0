package dev.gptoss.engine.weights.tensor;

import org.jspecify.annotations.Nullable;

/**
 * The type of a tensor as its file declares it.
 *
 * @param name the file's own word for it
 * @param rows what its rows are made of once in canonical order, or null if it is no matrix by itself
 * @param paired whether MXFP4 codes lie in paired order (byte b: values 2b and 2b + 1)
 */
public record StoredType(String name, @Nullable TensorType rows, boolean paired) {
    /** Bytes without meaning of their own: MXFP4 codes or scales of the safetensors layouts. */
    public static final StoredType BYTES = new StoredType("U8", null, false);

    /** MXFP4 as the first Ollama files have it: scale first, then codes in paired order. */
    public static final StoredType PAIRED_MXFP4 = new StoredType("MXFP4 (type 4)", TensorType.MXFP4, true);

    /** A type whose rows are canonical in the file. */
    public static StoredType of(TensorType type) {
        return new StoredType(type.name(), type, false);
    }

    /** A type that no tensor of this architecture may have. */
    public static StoredType foreign(String name) {
        return new StoredType(name, null, false);
    }
}
