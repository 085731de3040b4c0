package dev.gptoss.engine.compute.cpu;

/** y = r + b, stored or added. */
final class LinearEpilogue implements Epilogue {

    private final ElementKernel elements;

    /** (padded rows). */
    private final float[] bias;

    LinearEpilogue(ElementKernel elements, float[] bias) {
        this.elements = elements;
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
                elements.addScaled(map.factor[from + i], results, r, bias, first, rows, values, at);
            } else {
                elements.addBias(results, r, bias, first, rows, values, at);
            }
        }
    }
}
