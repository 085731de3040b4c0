package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.KvStore;
import dev.gptoss.engine.compute.KvType;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.weights.ModelConfig;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.LongFunction;

/**
 * Keys and values off heap, one segment a layer, F32 or F16. Their elements come in lines of 32, whose first
 * half and second half a vector kernel wants apart: halves l and l + 16 share an int, floats lie in order. A layer has for
 * each kv head its part of all pages, so that a head's keys and values are read in a row where its pages follow one another.
 * Such a part is first keys, turned, so that a register holds one element of many: (pageSize / 32, headDim) lines of 32
 * keys; then values: (valueStride / 32, pageSize) lines of 32 elements, padded with zeros.
 */
final class KvPages implements KvStore {

    /** Elements of a line. */
    static final int LINE = 32;

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final float LARGEST_HALF = 65504;

    private final int headDim;
    private final int kvHeads;
    private final int pageSize;
    private final int valueStride;
    private final boolean half;
    private final boolean[] slides;
    private final long[] pages; // of each layer
    private final MemorySegment[] layers;

    KvPages(ModelConfig config, Limits limits, KvType type, LongFunction<MemorySegment> memory) {
        headDim = config.headDim();
        kvHeads = config.kvHeads();
        pageSize = limits.pageSize();
        valueStride = valueStride(config);
        half = type == KvType.F16;
        slides = new boolean[config.layers()];
        pages = new long[config.layers()];
        layers = new MemorySegment[config.layers()];
        for (int l = 0; l < layers.length; l++) {
            slides[l] = config.slides(l);
            pages[l] = slides[l] ? limits.ringPages() : limits.fullPages();
            layers[l] = memory.apply(kvHeads * pages[l] * partBytes());
        }
    }

    /** Bytes of all pages. */
    static long byteSize(ModelConfig config, Limits limits, KvType type) {
        long values = (long) config.kvHeads() * limits.pageSize() * (config.headDim() + valueStride(config));
        long bytes = 0;
        for (int l = 0; l < config.layers(); l++) {
            bytes += (config.slides(l) ? limits.ringPages() : limits.fullPages()) * values;
        }
        return bytes * (type == KvType.F16 ? Short.BYTES : Float.BYTES);
    }

    /** Elements of a value: a head padded to whole lines. */
    static int valueStride(ModelConfig config) {
        return Math.ceilDiv(config.headDim(), LINE) * LINE;
    }

    boolean isHalf() {
        return half;
    }

    /**
     * What kernels want queries and weights multiplied by. They read a half with its bits in the places of an F32, whose
     * exponents count from 127 instead of 15: for so much less than it is worth.
     */
    static float scale(boolean half) {
        return half ? 0x1p112f : 1;
    }

    int pageSize() {
        return pageSize;
    }

    int valueStride() {
        return valueStride;
    }

    MemorySegment layer(int layer) {
        return layers[layer];
    }

    /** Where the lines of the keys begin that a page has from {@code offset} on, a multiple of {@link #LINE}. */
    long keysAt(int layer, int page, int kvHead, int offset) {
        return partAt(layer, page, kvHead) + (long) offset / LINE * headDim * lineBytes();
    }

    /** Where the lines of the first 32 elements of the values begin that a page has from {@code offset} on. */
    long valuesAt(int layer, int page, int kvHead, int offset) {
        return partAt(layer, page, kvHead) + ((long) pageSize / LINE * headDim + offset) * lineBytes();
    }

    /** From a value's elements to its next 32, in bytes. */
    long valuePlane() {
        return (long) pageSize * lineBytes();
    }

    /** Stores one position of one head. */
    void store(int layer, int page, int offset, int kvHead, float[] keys, int keyFrom, float[] values, int valueFrom) {
        MemorySegment data = layers[layer];
        long key = keysAt(layer, page, kvHead, offset);
        long value = valuesAt(layer, page, kvHead, offset);
        for (int d = 0; d < headDim; d++) {
            set(data, key + (long) d * lineBytes(), offset % LINE, keys[keyFrom + d]);
            set(data, value + d / LINE * valuePlane(), d % LINE, values[valueFrom + d]);
        }
    }

    private void set(MemorySegment data, long line, int element, float value) {
        if (half) {
            data.set(HALF, line + 4L * (element % 16) + 2 * (element / 16), toHalf(value));
        } else {
            data.set(FLOAT, line + 4L * element, value);
        }
    }

    /** An element of a line as kernels see it: a {@link #scale}th of what it is worth. */
    static float get(MemorySegment data, long line, int element, boolean half) {
        if (!half) {
            return data.get(FLOAT, line + 4L * element);
        }
        int bits = data.get(HALF, line + 4L * (element % 16) + 2 * (element / 16));
        return Float.intBitsToFloat(bits << 16 >> 3 & 0x8FFFE000);
    }

    private static short toHalf(float value) {
        return Float.floatToFloat16(Math.max(-LARGEST_HALF, Math.min(value, LARGEST_HALF)));
    }

    @Override
    public long pageBytes(Pool pool) {
        return layersOf(pool) * kvHeads * partBytes();
    }

    @Override
    public void copyPages(Pool pool, int[] from, int[] to, int count) {
        for (int l = 0; l < layers.length; l++) {
            for (int h = 0; h < kvHeads && isOf(pool, l); h++) {
                for (int i = 0; i < count; i++) {
                    long source = partAt(l, from[i], h);
                    MemorySegment.copy(layers[l], source, layers[l], partAt(l, to[i], h), partBytes());
                }
            }
        }
    }

    @Override
    public void readPage(Pool pool, int page, MemorySegment target) {
        long at = 0;
        for (int l = 0; l < layers.length; l++) {
            for (int h = 0; h < kvHeads && isOf(pool, l); h++) {
                MemorySegment.copy(layers[l], partAt(l, page, h), target, at, partBytes());
                at += partBytes();
            }
        }
    }

    @Override
    public void writePage(Pool pool, int page, MemorySegment source) {
        long at = 0;
        for (int l = 0; l < layers.length; l++) {
            for (int h = 0; h < kvHeads && isOf(pool, l); h++) {
                MemorySegment.copy(source, at, layers[l], partAt(l, page, h), partBytes());
                at += partBytes();
            }
        }
    }

    private long layersOf(Pool pool) {
        long count = 0;
        for (int l = 0; l < layers.length; l++) {
            count += isOf(pool, l) ? 1 : 0;
        }
        return count;
    }

    private boolean isOf(Pool pool, int layer) {
        return slides[layer] == (pool == Pool.WINDOW);
    }

    private long partAt(int layer, int page, int kvHead) {
        return (kvHead * pages[layer] + page) * partBytes();
    }

    /** Of a page, one head's. */
    private long partBytes() {
        return (long) pageSize * (headDim + valueStride) * elementBytes();
    }

    private int lineBytes() {
        return LINE * elementBytes();
    }

    private int elementBytes() {
        return half ? Short.BYTES : Float.BYTES;
    }
}
