package dev.gptoss.engine.compute;

import tools.jackson.databind.JsonNode;

/** Comparison of logits after log-softmax. */
public final class Logprobs {

    private Logprobs() {}

    public static double[] of(float[] logits) {
        double[] values = new double[logits.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = logits[i];
        }
        return normalised(values);
    }

    public static double[] of(JsonNode logits) {
        double[] values = new double[logits.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = logits.get(i).asDouble();
        }
        return normalised(values);
    }

    private static double[] normalised(double[] values) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            highest = Math.max(highest, value);
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - highest);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] -= highest + Math.log(sum);
        }
        return values;
    }

    /** Largest absolute difference. */
    public static double worst(double[] a, double[] b) {
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            worst = Math.max(worst, Math.abs(a[i] - b[i]));
        }
        return worst;
    }

    /** Mean absolute difference. */
    public static double mean(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum / a.length;
    }
}
