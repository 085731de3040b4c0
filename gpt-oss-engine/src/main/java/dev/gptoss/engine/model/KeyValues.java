package dev.gptoss.engine.model;

/** Keys and values of one sequence, all layers. A position of a layer is stored before it is read. */
public interface KeyValues {

    /**
     * @param key (kvHeads x headDim), rotated; may be kept
     * @param value (kvHeads x headDim); may be kept
     */
    void store(int layer, int position, float[] key, float[] value);

    /** (kvHeads x headDim). */
    float[] key(int layer, int position);

    /** (kvHeads x headDim). */
    float[] value(int layer, int position);
}
