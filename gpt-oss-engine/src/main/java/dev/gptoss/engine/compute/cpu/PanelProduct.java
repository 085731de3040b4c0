package dev.gptoss.engine.compute.cpu;

/** Multiplies a decoded unit with many input rows; holds no state. */
interface PanelProduct {

    /**
     * Adds to {@code scratch.results} (count, 32 x groups) the products of the decoded unit with columns {@code column} on of
     * the input rows.
     *
     * @param sumColumns columns of a partial sum
     */
    void add(
            Scratch scratch,
            int groups,
            int sumColumns,
            boolean hasMinima,
            Activations x,
            int column,
            int[] source,
            int from,
            int count);
}
