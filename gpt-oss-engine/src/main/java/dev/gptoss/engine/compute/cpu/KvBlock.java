package dev.gptoss.engine.compute.cpu;

/** Keys and values of a block as F32, where its groups lie, and room to read them through. One member's. */
final class KvBlock {

    /** (headDim, BLOCK). */
    final float[] keys;

    /** (BLOCK, valueStride). */
    final float[] values;

    /** As {@link #keys} or {@link #values}, before they are F32. */
    final short[] halves;

    /** Where each group's keys begin. */
    final long[] keyAt = new long[AttentionKernel.GROUPS];

    /** Where each group's values begin. */
    final long[] valueAt = new long[AttentionKernel.GROUPS];

    KvBlock(int headDim, int valueStride) {
        keys = new float[headDim * AttentionKernel.BLOCK];
        values = new float[AttentionKernel.BLOCK * valueStride];
        halves = new short[values.length];
    }
}
