package dev.gptoss.engine.model;

import dev.gptoss.engine.weights.Linear;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.WeightMatrix;

/** The formulas of a layer, one row or one head at a time. Values are F32, sums F64. */
final class Operations {

    /** Decoded weights held at a time while a matrix is applied. */
    private static final int PANEL = 1 << 20;

    private Operations() {}

    /** y = x / sqrt(mean(x^2) + eps) * w; (n, D). */
    static float[][] rmsNorm(float[][] x, float[] weight, float eps) {
        float[][] y = new float[x.length][weight.length];
        for (int r = 0; r < x.length; r++) {
            double squares = 0;
            for (float v : x[r]) {
                squares += (double) v * v;
            }
            double scale = 1 / Math.sqrt(squares / weight.length + eps);
            for (int i = 0; i < weight.length; i++) {
                y[r][i] = (float) (x[r][i] * scale * weight[i]);
            }
        }
        return y;
    }

    /** y = W x + b; (n, in) -> (n, out). */
    static float[][] linear(Linear linear, float[][] x) {
        float[][] y = multiply(linear.weight(), x);
        float[] bias = linear.bias().read();
        for (float[] row : y) {
            for (int i = 0; i < bias.length; i++) {
                row[i] += bias[i];
            }
        }
        return y;
    }

    /** y = W x; (n, in) -> (n, out). Holds a panel of decoded rows at a time, so a model need not fit in memory. */
    static float[][] multiply(WeightMatrix w, float[][] x) {
        int out = w.rows();
        int in = w.columns();
        float[][] y = new float[x.length][out];
        int panelRows = Math.clamp(PANEL / in, 1, out);
        float[] panel = new float[panelRows * in]; // (panelRows, in)
        for (int first = 0; first < out; first += panelRows) {
            int count = Math.min(panelRows, out - first);
            w.decodeRows(first, count, panel, 0);
            for (int r = 0; r < x.length; r++) {
                for (int o = 0; o < count; o++) {
                    y[r][first + o] = (float) dot(panel, o * in, x[r], 0, in);
                }
            }
        }
        return y;
    }

    /**
     * Attention of one query head over positions {@code first} to {@code last}, with the head's sink: one more key
     * whose value is zero.
     *
     * @param query (heads x headDim), rotated
     * @param out (heads x headDim), the head's part is written
     */
    static void attend(
            ModelConfig config,
            float[] query,
            KeyValues cache,
            int layer,
            int head,
            int first,
            int last,
            float sink,
            float[] out) {
        int d = config.headDim();
        int from = head * d;
        int kvFrom = head / (config.heads() / config.kvHeads()) * d;
        double[] weight = new double[last - first + 1];
        double most = sink;
        for (int p = first; p <= last; p++) {
            weight[p - first] = dot(query, from, cache.key(layer, p), kvFrom, d) / Math.sqrt(d);
            most = Math.max(most, weight[p - first]);
        }
        double sum = Math.exp(sink - most);
        for (int j = 0; j < weight.length; j++) {
            weight[j] = Math.exp(weight[j] - most);
            sum += weight[j];
        }
        double[] mixed = new double[d];
        for (int p = first; p <= last; p++) {
            float[] value = cache.value(layer, p);
            for (int i = 0; i < d; i++) {
                mixed[i] += weight[p - first] / sum * value[kvFrom + i];
            }
        }
        for (int i = 0; i < d; i++) {
            out[from + i] = (float) mixed[i];
        }
    }

    /** The {@code count} largest scores, best first, ties to the lower index. */
    static int[] largest(float[] scores, int count) {
        int[] chosen = new int[count];
        boolean[] taken = new boolean[scores.length];
        for (int rank = 0; rank < count; rank++) {
            int best = -1;
            for (int e = 0; e < scores.length; e++) {
                if (!taken[e] && (best < 0 || scores[e] > scores[best])) {
                    best = e;
                }
            }
            taken[best] = true;
            chosen[rank] = best;
        }
        return chosen;
    }

    /** Softmax over the chosen scores alone. */
    static double[] softmaxOf(float[] scores, int[] chosen) {
        double[] p = new double[chosen.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp((double) scores[chosen[i]] - scores[chosen[0]]);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    /** g sigmoid(alpha g) (u + 1), the gate clamped from above, up on both sides; (n, I). */
    static float[][] swiGlu(float[][] gate, float[][] up, float alpha, float limit) {
        float[][] y = new float[gate.length][gate[0].length];
        for (int r = 0; r < y.length; r++) {
            for (int i = 0; i < y[r].length; i++) {
                double g = Math.min(gate[r][i], limit);
                double u = Math.clamp((double) up[r][i], -limit, limit);
                y[r][i] = (float) (g / (1 + Math.exp(-alpha * g)) * (u + 1));
            }
        }
        return y;
    }

    static void add(float[][] x, float[][] delta) {
        for (int r = 0; r < x.length; r++) {
            for (int i = 0; i < x[r].length; i++) {
                x[r][i] += delta[r][i];
            }
        }
    }

    private static double dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (double) a[aFrom + i] * b[bFrom + i];
        }
        return sum;
    }
}
