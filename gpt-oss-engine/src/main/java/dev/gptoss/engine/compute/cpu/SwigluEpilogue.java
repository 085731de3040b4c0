package dev.gptoss.engine.compute.cpu;

/**
 * a = g sigmoid(alpha g) (u + 1) with g = min(gate, limit), u = clamp(up, -limit, limit): rows 0 to 15 of each group are
 * gate rows, rows 16 to 31 the up rows that belong to them.
 */
final class SwigluEpilogue implements Epilogue {

    private static final int HALF = TileFormat.LINE_INTS;

    private final ElementKernel elements;

    /** (padded rows), gate and up by sixteens. */
    private final float[] bias;

    private final float alpha;
    private final float limit;

    SwigluEpilogue(ElementKernel elements, float[] bias, float alpha, float limit) {
        this.elements = elements;
        this.bias = bias;
        this.alpha = alpha;
        this.limit = limit;
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
        assert !y.adds();
        float[] values = y.values();
        for (int i = 0; i < count; i++) {
            int at = map.target[from + i] * y.stride() + y.offset() + row;
            for (int begin = 0; begin < rows; begin += HALF) {
                int gate = 2 * begin;
                int r = i * tileRows + gate;
                elements.swiglu(results, r, bias, first + gate, alpha, limit);
                System.arraycopy(results, r, values, at + begin, Math.min(HALF, rows - begin));
            }
        }
    }
}
