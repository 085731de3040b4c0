package dev.gptoss.engine.compute.cpu;

/**
 * Where products go: result r of target row t to {@code values[t * stride + offset + r]}.
 *
 * @param values shared by threads that write disjoint bands
 * @param stride distance of target rows
 * @param offset first result of a row
 * @param adds whether a result is added, times its {@link RowMap#factor}, as one fused multiply-add; else it is stored
 */
record Destination(float[] values, int stride, int offset, boolean adds) {

    static Destination storing(float[] values, int stride) {
        return new Destination(values, stride, 0, false);
    }

    static Destination adding(float[] values, int stride) {
        return new Destination(values, stride, 0, true);
    }
}
