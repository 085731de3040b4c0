package dev.gptoss.engine.model;

import dev.gptoss.engine.weights.ExpertWeights;
import dev.gptoss.engine.weights.LayerWeights;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The gpt-oss forward pass, written to be read. Weights are decoded while they are used, so any model runs in little
 * memory, slowly. n rows, D hidden size, E experts, I intermediate size.
 */
public final class ReferenceModel {

    private final Weights weights;
    private final ModelConfig config;
    private final Rope rope;
    private final Trace trace;

    public ReferenceModel(Weights weights, Trace trace) {
        this.weights = weights;
        this.config = weights.config();
        this.rope = new Rope(config.rope(), config.headDim());
        this.trace = trace;
    }

    /**
     * Computes rows in their order; a row sees the rows of its sequence before it.
     *
     * @param isCancelled asked before each layer
     * @return logits (vocabulary) of the rows that want them, in their order; null if cancelled
     */
    public float @Nullable [][] forward(List<Row> rows, BooleanSupplier isCancelled) {
        float[][] x = embed(rows); // (n, D)
        for (int l = 0; l < config.layers(); l++) {
            if (isCancelled.getAsBoolean()) {
                return null;
            }
            LayerWeights layer = weights.layer(l);
            float[][] attended = attention(l, layer, rows, x); // (n, D)
            trace.record("attn_out", l, attended);
            Operations.add(x, attended);
            float[][] mixed = experts(l, layer, x); // (n, D)
            trace.record("moe_out", l, mixed);
            Operations.add(x, mixed);
            trace.record("hidden", l, x);
        }
        return head(rows, x);
    }

    private float[][] embed(List<Row> rows) {
        float[][] x = new float[rows.size()][config.hiddenSize()];
        for (int r = 0; r < x.length; r++) {
            weights.embedding().decodeRows(rows.get(r).token(), 1, x[r], 0);
        }
        return x;
    }

    private float[][] attention(int l, LayerWeights layer, List<Row> rows, float[][] x) {
        float[][] t = Operations.rmsNorm(x, layer.attentionNorm().read(), config.rmsNormEps());
        float[][] q = Operations.linear(layer.query(), t); // (n, heads x headDim)
        float[][] k = Operations.linear(layer.key(), t); // (n, kvHeads x headDim)
        float[][] v = Operations.linear(layer.value(), t);
        float[] sinks = layer.sinks().read(); // (heads)
        float[][] o = new float[x.length][config.queryWidth()];
        for (int r = 0; r < x.length; r++) {
            Row row = rows.get(r);
            int last = row.position();
            rope.rotate(q[r], last);
            rope.rotate(k[r], last);
            row.sequence().store(l, last, k[r], v[r]);
            int first = config.slides(l) ? Math.max(0, last - config.slidingWindow() + 1) : 0;
            for (int h = 0; h < config.heads(); h++) {
                Operations.attend(config, q[r], row.sequence(), l, h, first, last, sinks[h], o[r]);
            }
        }
        return Operations.linear(layer.output(), o);
    }

    private float[][] experts(int l, LayerWeights layer, float[][] x) {
        float[][] t = Operations.rmsNorm(x, layer.mlpNorm().read(), config.rmsNormEps());
        float[][] scores = Operations.linear(layer.router(), t); // (n, E)
        trace.record("router", l, scores);
        int[][] chosen = new int[x.length][]; // (n, expertsPerToken)
        for (int r = 0; r < x.length; r++) {
            chosen[r] = Operations.largest(scores[r], config.expertsPerToken());
        }
        trace.record("experts", l, asFloats(chosen));

        float[][][] said = new float[x.length][config.expertsPerToken()][]; // (n, expertsPerToken, D)
        for (int e = 0; e < config.experts(); e++) {
            var readers = new ArrayList<int[]>(); // (row, rank) of the rows that chose e
            for (int r = 0; r < x.length; r++) {
                for (int rank = 0; rank < chosen[r].length; rank++) {
                    if (chosen[r][rank] == e) {
                        readers.add(new int[] {r, rank});
                    }
                }
            }
            if (!readers.isEmpty()) {
                float[][] y = expert(
                        layer.experts().get(e),
                        readers.stream().map(at -> t[at[0]]).toArray(float[][]::new));
                for (int i = 0; i < y.length; i++) {
                    said[readers.get(i)[0]][readers.get(i)[1]] = y[i];
                }
            }
        }

        float[][] sum = new float[x.length][config.hiddenSize()];
        for (int r = 0; r < x.length; r++) {
            double[] p = Operations.softmaxOf(scores[r], chosen[r]);
            for (int i = 0; i < config.hiddenSize(); i++) {
                double mixed = 0;
                for (int rank = 0; rank < p.length; rank++) {
                    mixed += p[rank] * said[r][rank][i];
                }
                sum[r][i] = (float) mixed;
            }
        }
        return sum;
    }

    private float[][] expert(ExpertWeights expert, float[][] t) {
        float[][] gate = Operations.linear(expert.gate(), t); // (m, I)
        float[][] up = Operations.linear(expert.up(), t); // (m, I)
        float[][] hidden = Operations.swiGlu(gate, up, config.swigluAlpha(), config.swigluLimit());
        return Operations.linear(expert.down(), hidden); // (m, D)
    }

    private float[][] head(List<Row> rows, float[][] x) {
        var wanted = new ArrayList<float[]>();
        for (int r = 0; r < x.length; r++) {
            if (rows.get(r).wantsLogits()) {
                wanted.add(x[r]);
            }
        }
        if (wanted.isEmpty()) {
            return new float[0][];
        }
        float[][] t = Operations.rmsNorm(
                wanted.toArray(float[][]::new), weights.finalNorm().read(), config.rmsNormEps());
        return Operations.multiply(weights.head(), t); // (wanted, vocabulary)
    }

    private static float[][] asFloats(int[][] values) {
        float[][] floats = new float[values.length][values[0].length];
        for (int r = 0; r < values.length; r++) {
            for (int i = 0; i < values[r].length; i++) {
                floats[r][i] = values[r][i];
            }
        }
        return floats;
    }
}
