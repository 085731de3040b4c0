package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.PolynomialMath;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.weights.ModelConfig;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Attention with sinks over paged keys and values. Work is cut in items of a few consecutive rows of one sequence and one
 * kv head, so that a block of keys is read once for all of them and for all query heads that share it.
 *
 * <p>Order of a row's sums: keys are cut at multiples of {@link AttentionKernel#BLOCK} and {@link #SPAN} positions. Within
 * a span blocks are folded in order by the streaming softmax, spans are folded in order onto (sink, 1, 0). Nothing of it
 * depends on the step.
 */
final class Attention {

    /** Positions that are summed on their own; members may share out the spans of one row. */
    static final int SPAN = 1024;

    /** Rows of an item: their state stays in the first cache. */
    static final int ITEM_ROWS = 8;

    private static final int BLOCK = AttentionKernel.BLOCK;

    private final ModelConfig config;
    private final KvPages pages;
    private final AttentionKernel kernel;
    private final int headsPerKv;
    private final State[] states;
    private final int[] itemFirst; // index in the row list
    private final int[] itemRows;
    private final AtomicInteger nextItem = new AtomicInteger();
    private int items;

    Attention(ModelConfig config, KvPages pages, AttentionKernel kernel, int rows, int members) {
        this.config = config;
        this.pages = pages;
        this.kernel = kernel;
        headsPerKv = config.heads() / config.kvHeads();
        states = new State[members];
        for (int i = 0; i < members; i++) {
            states[i] = new State(headsPerKv, pages.valueStride());
        }
        itemFirst = new int[rows];
        itemRows = new int[rows];
    }

    /** Bytes of scratch. */
    static long byteSize(ModelConfig config, int members) {
        long heads = config.heads() / config.kvHeads();
        long scores = heads * (BLOCK + AttentionKernel.SUMS + 2);
        return 4 * members * (scores + ITEM_ROWS * heads * 2 * (KvPages.valueStride(config) + 2));
    }

    /** Cuts the listed rows into items. By one thread, before members {@link #attend}. */
    void plan(Step step, RowList list) {
        items = 0;
        for (int i = 0; i < list.count; i++) {
            int row = list.rows[i];
            if (items > 0 && itemRows[items - 1] < ITEM_ROWS && follows(step, list.rows[i - 1], row)) {
                itemRows[items - 1]++;
            } else {
                itemFirst[items] = i;
                itemRows[items++] = 1;
            }
        }
        nextItem.set(0);
    }

    private static boolean follows(Step step, int before, int row) {
        return step.slot(row) == step.slot(before) && step.position(row) == step.position(before) + 1;
    }

    /** Independent units of work that {@link #plan} found. */
    int parts() {
        return items * config.kvHeads();
    }

    /**
     * Does a member's part; returns when no item is left.
     *
     * @param queries (rows, queryStride), rotated and scaled, {@link KvPages#scale} included
     * @param attended receives (rows, attendedStride)
     */
    void attend(
            int member,
            Step step,
            RowList list,
            int layer,
            boolean slides,
            float[] sinks,
            float[] queries,
            int queryStride,
            float[] attended,
            int attendedStride) {
        State state = states[member];
        int parts = parts();
        for (int part = nextItem.getAndIncrement(); part < parts; part = nextItem.getAndIncrement()) {
            int item = part / config.kvHeads();
            int kvHead = part % config.kvHeads();
            int rows = itemRows[item];
            int firstRow = list.rows[itemFirst[item]];
            int slot = step.slot(firstRow);
            state.begin(rows, sinks, kvHead * headsPerKv);
            state.table = slides ? step.ringTable(slot) : step.fullTable(slot);
            state.data = pages.layer(layer);
            int firstPosition = step.position(firstRow);
            int oldest = slides ? Math.max(0, firstPosition - config.slidingWindow() + 1) : 0;
            int newest = firstPosition + rows - 1;
            for (int span = oldest / SPAN; span <= newest / SPAN; span++) {
                state.beginSpan(rows);
                int from = Math.max(oldest, span * SPAN);
                int to = Math.min(newest, span * SPAN + SPAN - 1);
                for (int block = from / BLOCK; block <= to / BLOCK; block++) {
                    find(state, layer, block, kvHead);
                    for (int i = 0; i < rows; i++) {
                        int row = list.rows[itemFirst[item] + i];
                        int position = firstPosition + i;
                        int first = slides ? Math.max(0, position - config.slidingWindow() + 1) : 0;
                        int begin = Math.max(first - block * BLOCK, 0);
                        int end = Math.min(position - block * BLOCK + 1, BLOCK);
                        if (begin < end) {
                            int query = row * queryStride + kvHead * headsPerKv * config.headDim();
                            addBlock(state, i, begin, end, queries, query);
                        }
                    }
                }
                state.endSpan(rows);
            }
            for (int i = 0; i < rows; i++) {
                int row = list.rows[itemFirst[item] + i];
                int at = row * attendedStride + kvHead * headsPerKv * config.headDim();
                state.write(i, config.headDim(), attended, at);
            }
        }
    }

    private void find(State state, int layer, int block, int kvHead) {
        int position = block * BLOCK;
        int page = state.table[position / pages.pageSize() % state.table.length];
        state.keys = pages.keysAt(layer, page, kvHead, position % pages.pageSize());
        state.values = pages.valuesAt(layer, page, kvHead, position % pages.pageSize());
    }

    private void addBlock(State state, int row, int begin, int end, float[] queries, int query) {
        float[] scores = state.scores;
        int firstLine = begin / KvPages.LINE;
        int lastLine = (end - 1) / KvPages.LINE + 1;
        kernel.scores(
                state.data, state.keys, config.headDim(), firstLine, lastLine, queries, query, headsPerKv, scores);
        kernel.highest(scores, headsPerKv, begin, end, state.blockHighest);
        for (int h = 0; h < headsPerKv; h++) {
            state.raise(row * headsPerKv + h, h);
        }
        kernel.weigh(scores, headsPerKv, begin, end, state.blockHighest, state.blockSum);
        for (int h = 0; h < headsPerKv; h++) {
            state.sum[row * headsPerKv + h] += state.blockSum[h];
        }
        kernel.mix(
                state.data,
                state.values,
                pages.valuePlane(),
                pages.valueStride(),
                begin,
                end,
                scores,
                headsPerKv,
                state.mixed,
                row * headsPerKv * pages.valueStride());
    }

    /** Streaming softmax of one item on one member: (rows, heads) of the span at hand and of all spans before it. */
    private static final class State {

        private final int heads;
        private final int stride;
        private final float[] scores; // (heads, BLOCK), and scratch for the sums of each head
        private final float[] blockHighest; // (heads), of the block at hand
        private final float[] blockSum;
        private final float[] highest; // (rows, heads)
        private final float[] sum; // (rows, heads)
        private final float[] mixed; // (rows, heads, stride)
        private final float[] totalHighest;
        private final float[] totalSum;
        private final float[] totalMixed;
        private int[] table = new int[0];
        private MemorySegment data = MemorySegment.NULL;
        private long keys; // where those of the block at hand begin
        private long values;

        State(int heads, int stride) {
            this.heads = heads;
            this.stride = stride;
            scores = new float[heads * (BLOCK + AttentionKernel.SUMS)];
            blockHighest = new float[heads];
            blockSum = new float[heads];
            int states = ITEM_ROWS * heads;
            highest = new float[states];
            sum = new float[states];
            mixed = new float[states * stride];
            totalHighest = new float[states];
            totalSum = new float[states];
            totalMixed = new float[states * stride];
        }

        /** A sink is a key with weight 1 and value 0. */
        void begin(int rows, float[] sinks, int firstHead) {
            for (int i = 0; i < rows * heads; i++) {
                totalHighest[i] = sinks[firstHead + i % heads];
                totalSum[i] = 1;
            }
            Arrays.fill(totalMixed, 0, rows * heads * stride, 0);
        }

        void beginSpan(int rows) {
            Arrays.fill(highest, 0, rows * heads, Float.NEGATIVE_INFINITY);
            Arrays.fill(sum, 0, rows * heads, 0);
            Arrays.fill(mixed, 0, rows * heads * stride, 0);
        }

        /** Makes the sums of a state relative to the highest score of head {@code h} of the block, or that to theirs. */
        void raise(int state, int h) {
            if (blockHighest[h] <= highest[state]) {
                blockHighest[h] = highest[state];
                return;
            }
            float keep = PolynomialMath.exp(highest[state] - blockHighest[h]);
            highest[state] = blockHighest[h];
            sum[state] *= keep;
            for (int d = state * stride; d < (state + 1) * stride; d++) {
                mixed[d] *= keep;
            }
        }

        void endSpan(int rows) {
            for (int i = 0; i < rows * heads; i++) {
                if (highest[i] == Float.NEGATIVE_INFINITY) {
                    continue; // the row sees nothing of this span
                }
                float most = Math.max(totalHighest[i], highest[i]);
                float keep = PolynomialMath.exp(totalHighest[i] - most);
                float join = PolynomialMath.exp(highest[i] - most);
                totalHighest[i] = most;
                totalSum[i] = Math.fma(totalSum[i], keep, sum[i] * join);
                for (int d = i * stride; d < (i + 1) * stride; d++) {
                    totalMixed[d] = Math.fma(totalMixed[d], keep, mixed[d] * join);
                }
            }
        }

        void write(int row, int headDim, float[] attended, int at) {
            for (int h = 0; h < heads; h++) {
                int state = row * heads + h;
                float scale = 1 / totalSum[state];
                for (int d = 0; d < headDim; d++) {
                    attended[at + h * headDim + d] = totalMixed[state * stride + d] * scale;
                }
            }
        }
    }
}
