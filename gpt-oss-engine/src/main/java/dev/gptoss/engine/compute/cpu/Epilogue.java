package dev.gptoss.engine.compute.cpu;

/** Last step of a product: bias, activation, and the way to its destination. */
interface Epilogue {

    /**
     * @param results (count, tileRows) of a tile, without bias; may be overwritten
     * @param tileRows padded rows of the tile
     * @param first first weight row of the tile, where its bias begins
     * @param rows output rows of the tile that exist
     * @param row first output row of the tile
     */
    void finish(
            float[] results,
            int tileRows,
            int first,
            int rows,
            int row,
            RowMap map,
            int from,
            int count,
            Destination y);
}
