package dev.gptoss.engine.compute.cpu;

/** y = r + b, stored or added. */
final class LinearEpilogue implements Epilogue {

    /** (padded rows). */
    private final float[] bias;

    LinearEpilogue(float[] bias) {
        this.bias = bias;
    }

    @Override
    public void finish(
            float[] results,
            int tileRows,
            int first,
            int rows,
            int row,
            RowMap map,
            int from,
            int count,
            Destination y) {
        float[] values = y.values();
        for (int i = 0; i < count; i++) {
            int at = map.target[from + i] * y.stride() + y.offset() + row;
            int r = i * tileRows;
            if (y.adds()) {
                float factor = map.factor[from + i];
                for (int k = 0; k < rows; k++) {
                    values[at + k] = Math.fma(factor, results[r + k] + bias[first + k], values[at + k]);
                }
            } else {
                for (int k = 0; k < rows; k++) {
                    values[at + k] = results[r + k] + bias[first + k];
                }
            }
        }
    }
}
