package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.KvStore;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.weights.ModelConfig;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.LongFunction;

/**
 * Keys and values off heap, one segment a layer. A page of a layer has for each kv head first its keys, turned,
 * (headDim, pageSize), so that a register holds one element of many keys, then its values, (pageSize, valueStride), padded
 * with zeros. F32, or F16 in fast mode.
 */
final class KvPages implements KvStore {

    /** Keys in a register of the widest species; pages are whole groups. */
    static final int GROUP = 16;

    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final float LARGEST_HALF = 65504;

    private final int headDim;
    private final int kvHeads;
    private final int pageSize;
    private final int valueStride;
    private final boolean half;
    private final boolean[] slides;
    private final MemorySegment[] layers;

    KvPages(ModelConfig config, Limits limits, Precision precision, LongFunction<MemorySegment> memory) {
        headDim = config.headDim();
        kvHeads = config.kvHeads();
        pageSize = limits.pageSize();
        valueStride = valueStride(config);
        half = precision == Precision.FAST;
        slides = new boolean[config.layers()];
        layers = new MemorySegment[config.layers()];
        for (int l = 0; l < layers.length; l++) {
            slides[l] = config.slides(l);
            layers[l] = memory.apply((slides[l] ? limits.ringPages() : limits.fullPages()) * layerPageBytes());
        }
    }

    /** Bytes of all pages. */
    static long byteSize(ModelConfig config, Limits limits, Precision precision) {
        long values = (long) config.kvHeads() * limits.pageSize() * (config.headDim() + valueStride(config));
        long bytes = 0;
        for (int l = 0; l < config.layers(); l++) {
            bytes += (config.slides(l) ? limits.ringPages() : limits.fullPages()) * values;
        }
        return bytes * (precision == Precision.FAST ? Short.BYTES : Float.BYTES);
    }

    /** Elements of a value row: a head padded to whole registers of the widest species. */
    static int valueStride(ModelConfig config) {
        return Math.ceilDiv(config.headDim(), GROUP) * GROUP;
    }

    boolean isHalf() {
        return half;
    }

    int headDim() {
        return headDim;
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

    /** Where element 0 of the key at {@code offset} of a page lies; element d is {@code d * pageSize} elements on. */
    long keyAt(int page, int kvHead, int offset) {
        return (headAt(page, kvHead) + offset) * elementBytes();
    }

    /** Where the value at {@code offset} of a page begins; the next is {@link #valueStride} elements on. */
    long valueAt(int page, int kvHead, int offset) {
        return (headAt(page, kvHead) + (long) headDim * pageSize + (long) offset * valueStride) * elementBytes();
    }

    /** Stores one position of one head. */
    void store(int layer, int page, int offset, int kvHead, float[] keys, int keyFrom, float[] values, int valueFrom) {
        MemorySegment data = layers[layer];
        long key = keyAt(page, kvHead, offset);
        long value = valueAt(page, kvHead, offset);
        for (int d = 0; d < headDim; d++) {
            if (half) {
                data.set(HALF, key + 2L * d * pageSize, toHalf(keys[keyFrom + d]));
                data.set(HALF, value + 2L * d, toHalf(values[valueFrom + d]));
            } else {
                data.set(FLOAT, key + 4L * d * pageSize, keys[keyFrom + d]);
                data.set(FLOAT, value + 4L * d, values[valueFrom + d]);
            }
        }
    }

    private static short toHalf(float value) {
        return Float.floatToFloat16(Math.max(-LARGEST_HALF, Math.min(value, LARGEST_HALF)));
    }

    @Override
    public long pageBytes(Pool pool) {
        return layersOf(pool) * layerPageBytes();
    }

    @Override
    public void copyPages(Pool pool, int[] from, int[] to, int count) {
        long bytes = layerPageBytes();
        for (int l = 0; l < layers.length; l++) {
            if (isOf(pool, l)) {
                for (int i = 0; i < count; i++) {
                    MemorySegment.copy(layers[l], from[i] * bytes, layers[l], to[i] * bytes, bytes);
                }
            }
        }
    }

    @Override
    public void readPage(Pool pool, int page, MemorySegment target) {
        long bytes = layerPageBytes();
        long at = 0;
        for (int l = 0; l < layers.length; l++) {
            if (isOf(pool, l)) {
                MemorySegment.copy(layers[l], page * bytes, target, at, bytes);
                at += bytes;
            }
        }
    }

    @Override
    public void writePage(Pool pool, int page, MemorySegment source) {
        long bytes = layerPageBytes();
        long at = 0;
        for (int l = 0; l < layers.length; l++) {
            if (isOf(pool, l)) {
                MemorySegment.copy(source, at, layers[l], page * bytes, bytes);
                at += bytes;
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

    /** In elements. */
    private long headAt(int page, int kvHead) {
        return ((long) page * kvHeads + kvHead) * pageSize * (headDim + valueStride);
    }

    private long layerPageBytes() {
        return (long) kvHeads * pageSize * (headDim + valueStride) * elementBytes();
    }

    int elementBytes() {
        return half ? Short.BYTES : Float.BYTES;
    }
}
