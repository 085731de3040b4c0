package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link ByteTiles} to F32 and scales. */
final class VectorBytePanel implements PanelDecoder {

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits());
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    private static final int WIDTH = I.length();

    VectorBytePanel() {}

    @Override
    public void decode(MemorySegment data, long at, int groups, Scratch scratch) {
        int rows = groups * TileFormat.GROUP_ROWS;
        for (int group = 0; group < groups; group++) {
            int row = group * TileFormat.GROUP_ROWS;
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                long line = at + group * 64L + 4L * lane;
                for (int block = 0; block < 2; block++) {
                    IntVector half = IntVector.fromMemorySegment(I, data, line + block * groups * 64L, LITTLE_ENDIAN);
                    int to = block * rows + row + lane;
                    scale(half, scratch.scales, to);
                    scale(half.lanewise(LSHR, 16), scratch.scales, to + 16);
                }
                codes(data, line + 2 * groups * 64L, groups * 64L, scratch.panel, row + lane, rows);
            }
        }
    }

    private static void codes(MemorySegment data, long line, long distance, float[] panel, int to, int rows) {
        for (int s = 0; s < 32; s++) {
            IntVector v = IntVector.fromMemorySegment(I, data, line + s * distance, LITTLE_ENDIAN);
            store(v.lanewise(LSHL, 24), panel, to);
            store(v.lanewise(LSHL, 16), panel, to + 16);
            store(v.lanewise(LSHL, 8), panel, to + rows);
            store(v, panel, to + rows + 16);
            to += 2 * rows;
        }
    }

    private static void store(IntVector code, float[] panel, int to) {
        ((FloatVector) code.lanewise(ASHR, 24).convert(I2F, 0)).intoArray(panel, to);
    }

    /** F16, as {@link HalfTiles#half} reads it. */
    private static void scale(IntVector half, float[] scales, int to) {
        FloatVector magnitude =
                half.and(0x7FFF).lanewise(LSHL, 13).reinterpretAsFloats().mul(0x1p112f);
        IntVector sign = half.and(0x8000).lanewise(LSHL, 16);
        magnitude.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(scales, to);
    }
}
