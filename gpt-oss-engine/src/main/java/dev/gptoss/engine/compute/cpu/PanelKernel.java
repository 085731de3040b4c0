package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Decodes a unit once and passes all input rows over it: one unit of weights and its input columns stay in the first
 * cache. A single row goes to a kernel of its own.
 */
final class PanelKernel implements TileKernel {

    private final TileFormat format;
    private final PanelDecoder decoder;
    private final PanelProduct product;
    private final TileKernel single;

    /** @param single for one input row */
    PanelKernel(TileFormat format, PanelDecoder decoder, PanelProduct product, TileKernel single) {
        this.format = format;
        this.decoder = decoder;
        this.product = product;
        this.single = single;
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
        if (count == 1 && (groups == format.tileGroups() || single.takesPartialTiles())) {
            single.multiply(data, tile, groups, units, x, source, from, count, scratch);
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
}
