package dev.gptoss.engine.compute;

/** How activations and the KV cache are held while computing. */
public enum Precision {
    /** F32 activations and F32 KV: the numbers of the stored weights. */
    EXACT,
    /** 8-bit activations in quantised products and 16-bit KV: the shipped default, at a bounded, published error. */
    FAST
}
