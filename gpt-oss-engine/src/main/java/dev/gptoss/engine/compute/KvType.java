package dev.gptoss.engine.compute;

/** How keys and values are held in fast precision. Exact precision always holds them as {@link #F32}. */
public enum KvType {
    /** In 16 bits: half the memory of a context, and half the bytes that a token far into one reads. The default. */
    F16,
    /** In 32 bits. */
    F32
}
