package dev.gptoss.engine.compute.reference;

import dev.gptoss.engine.compute.KvStore;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.model.KeyValues;
import dev.gptoss.engine.weights.ModelConfig;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** KV pages as rows of F32: row {@code page * pageSize + offset} of a layer. Rows come into being when stored. */
final class ReferencePages implements KvStore {

    private final ModelConfig config;
    private final Limits limits;
    private final float[][][] keys; // [layer][page * pageSize + offset](kvHeads x headDim)
    private final float[][][] values;

    ReferencePages(ModelConfig config, Limits limits) {
        this.config = config;
        this.limits = limits;
        keys = new float[config.layers()][][];
        values = new float[config.layers()][][];
    }

    /** What one sequence sees through its page tables. */
    KeyValues sequence(int[] fullTable, int[] ringTable) {
        return new KeyValues() {
            @Override
            public void store(int layer, int position, float[] key, float[] value) {
                keys[layer][place(layer, position)] = key;
                values[layer][place(layer, position)] = value;
            }

            @Override
            public float[] key(int layer, int position) {
                return keys[layer][place(layer, position)];
            }

            @Override
            public float[] value(int layer, int position) {
                return values[layer][place(layer, position)];
            }

            private int place(int layer, int position) {
                int page = position / limits.pageSize();
                int id = config.slides(layer) ? ringTable[page % ringTable.length] : fullTable[page];
                return id * limits.pageSize() + position % limits.pageSize();
            }
        };
    }

    void allocate() {
        for (int layer = 0; layer < config.layers(); layer++) {
            int pages = config.slides(layer) ? limits.ringPages() : limits.fullPages();
            keys[layer] = new float[Math.multiplyExact(pages, limits.pageSize())][];
            values[layer] = new float[keys[layer].length][];
        }
    }

    @Override
    public long pageBytes(Pool pool) {
        return layers(pool) * 2L * limits.pageSize() * config.keyValueWidth() * Float.BYTES;
    }

    @Override
    public void copyPages(Pool pool, int[] from, int[] to, int count) {
        int size = limits.pageSize();
        for (int layer = 0; layer < config.layers(); layer++) {
            if (isOf(pool, layer)) {
                for (int i = 0; i < count; i++) {
                    System.arraycopy(keys[layer], from[i] * size, keys[layer], to[i] * size, size);
                    System.arraycopy(values[layer], from[i] * size, values[layer], to[i] * size, size);
                }
            }
        }
    }

    @Override
    public void readPage(Pool pool, int page, MemorySegment target) {
        int width = config.keyValueWidth();
        long at = 0;
        for (int layer = 0; layer < config.layers(); layer++) {
            if (isOf(pool, layer)) {
                for (int i = 0; i < limits.pageSize(); i++) {
                    at = read(keys[layer][page * limits.pageSize() + i], width, target, at);
                    at = read(values[layer][page * limits.pageSize() + i], width, target, at);
                }
            }
        }
    }

    @Override
    public void writePage(Pool pool, int page, MemorySegment source) {
        int width = config.keyValueWidth();
        long at = 0;
        for (int layer = 0; layer < config.layers(); layer++) {
            if (isOf(pool, layer)) {
                for (int i = 0; i < limits.pageSize(); i++) {
                    keys[layer][page * limits.pageSize() + i] = slice(source, at, width);
                    values[layer][page * limits.pageSize() + i] = slice(source, at + 4L * width, width);
                    at += 8L * width;
                }
            }
        }
    }

    /** A row never stored reads as zeros. */
    private static long read(float[] row, int width, MemorySegment target, long at) {
        float[] stored = row == null ? new float[width] : row;
        MemorySegment.copy(stored, 0, target, ValueLayout.JAVA_FLOAT_UNALIGNED, at, width);
        return at + 4L * width;
    }

    private static float[] slice(MemorySegment source, long at, int width) {
        return source.asSlice(at, 4L * width).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }

    private long layers(Pool pool) {
        long count = 0;
        for (int layer = 0; layer < config.layers(); layer++) {
            count += isOf(pool, layer) ? 1 : 0;
        }
        return count;
    }

    private boolean isOf(Pool pool, int layer) {
        return config.slides(layer) == (pool == Pool.WINDOW);
    }
}
