package dev.gptoss.engine.weights;

/** A bias, a norm's weight or a layer's sinks, read from its file on demand as F32. */
public interface WeightVector {
    /** The tensor's name in its file and, if the vector is part of it, which part. */
    String name();

    int length();

    /** Reads all elements; the array is the caller's. */
    float[] read();
}
