package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Decodes a unit once and passes all input rows over it: one unit of weights and its input columns stay in the first
 * cache. Few rows go to a kernel for one.
 */
final class PanelKernel implements TileKernel {

    /**
     * Input rows that go over a tile one by one. Steps of 2, 4 and 8 rows with logits take 145, 278 and 522 ms so, with
     * panels from 2 rows on 207, 305 and 517, 1 takes 81: 20b shape in Q8_0, Zen 4, 2 cores, JDK 25.
     */
    private static final int FEW = 8;

    /** The same for experts. Steps of 8 rows, few of which share an expert, take 522 ms so, with 1, 2 and 8 598, 546, 534. */
    private static final int FEW_MXFP4 = 4;

    private final TileFormat format;
    private final PanelDecoder decoder;
    private final PanelProduct product;
    private final TileKernel single;
    private final int few;

    /** @param single for one input row */
    PanelKernel(TileFormat format, PanelDecoder decoder, PanelProduct product, TileKernel single) {
        this.format = format;
        this.decoder = decoder;
        this.product = product;
        this.single = single;
        few = format instanceof Mxfp4Tiles ? FEW_MXFP4 : FEW;
    }

    @Override
    public void multiply(
            MemorySegment data,
            long tile,
            int groups,
            int units,
            Activations x,
            int[] source,
            int from,
            int count,
            Scratch scratch) {
        if (count == 1 && single.takesPartialTiles()) {
            single.multiply(data, tile, groups, units, x, source, from, count, scratch);
            return;
        }
        if (count <= few && groups == format.tileGroups()) {
            multiplyOneByOne(data, tile, units, x, source, from, count, scratch);
            return;
        }
        Arrays.fill(scratch.results, 0, count * groups * TileFormat.GROUP_ROWS, 0);
        long unitBytes = format.unitBytes(groups);
        for (int unit = 0; unit < units; unit++) {
            decoder.decode(data, tile + unit * unitBytes, groups, scratch);
            product.add(
                    scratch,
                    groups,
                    format.sumColumns(),
                    format.hasMinima(),
                    x,
                    unit * Activations.UNIT,
                    source,
                    from,
                    count);
        }
    }

    /** The tile stays in the second cache from the first row on. */
    private void multiplyOneByOne(
            MemorySegment data,
            long tile,
            int units,
            Activations x,
            int[] source,
            int from,
            int count,
            Scratch scratch) {
        int groups = format.tileGroups();
        int width = groups * TileFormat.GROUP_ROWS;
        for (int row = count - 1; row > 0; row--) { // each is left where the first one's results stay
            single.multiply(data, tile, groups, units, x, source, from + row, 1, scratch);
            System.arraycopy(scratch.results, 0, scratch.results, row * width, width);
        }
        single.multiply(data, tile, groups, units, x, source, from, 1, scratch);
    }
}
