package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** F32 lines to columns of the panel. */
final class VectorFloatPanel implements PanelDecoder {

    private static final VectorSpecies<Float> F = VectorSpecies.of(
            float.class,
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits()));
    private static final int WIDTH = F.length();

    VectorFloatPanel() {}

    @Override
    public void decode(MemorySegment data, long at, int groups, Scratch scratch) {
        int rows = groups * TileFormat.GROUP_ROWS;
        Arrays.fill(scratch.scales, 0, 2 * rows, 1);
        float[] panel = scratch.panel;
        long line = groups * 64L;
        for (int group = 0; group < groups; group++) {
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                long from = at + group * 64L + 4L * lane;
                int to = group * TileFormat.GROUP_ROWS + lane;
                for (int c = 0; c < Activations.UNIT; c++) {
                    FloatVector.fromMemorySegment(F, data, from, LITTLE_ENDIAN).intoArray(panel, to);
                    FloatVector.fromMemorySegment(F, data, from + line, LITTLE_ENDIAN)
                            .intoArray(panel, to + 16);
                    from += 2 * line;
                    to += Scratch.PANEL_STRIDE;
                }
            }
        }
    }
}
