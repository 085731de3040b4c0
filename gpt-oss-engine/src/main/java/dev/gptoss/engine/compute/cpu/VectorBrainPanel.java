package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** BF16 to F32. */
final class VectorBrainPanel implements PanelDecoder {

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits());
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    private static final int WIDTH = I.length();
    private static final IntVector HIGH = IntVector.broadcast(I, 0xFFFF0000);

    VectorBrainPanel() {}

    @Override
    public void decode(MemorySegment data, long at, int groups, Scratch scratch) {
        int rows = groups * TileFormat.GROUP_ROWS;
        Arrays.fill(scratch.scales, 0, 2 * rows, 1);
        float[] panel = scratch.panel;
        for (int group = 0; group < groups; group++) {
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                long line = at + group * 64L + 4L * lane;
                int to = group * TileFormat.GROUP_ROWS + lane;
                for (int c = 0; c < Activations.UNIT; c++) {
                    IntVector v = IntVector.fromMemorySegment(I, data, line + c * groups * 64L, LITTLE_ENDIAN);
                    v.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(panel, to);
                    v.and(HIGH).reinterpretAsFloats().intoArray(panel, to + 16);
                    to += Scratch.PANEL_STRIDE;
                }
            }
        }
    }
}
