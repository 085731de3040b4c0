package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
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
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, SHAPE);
    private static final int WIDTH = I.length();

    private static final IntVector LOW = IntVector.broadcast(I, 0xFF);
    private static final IntVector SECOND = IntVector.broadcast(I, 0xFF00);

    /** 2^23, whose last bit is worth 1, and 2^15, whose bit 8 is: with an unsigned byte there, 128 too much. */
    private static final IntVector UNITS = IntVector.broadcast(I, 0x4B000000);

    private static final IntVector STEPS = IntVector.broadcast(I, 0x47000000);
    private static final FloatVector UNITS_BIAS = FloatVector.broadcast(F, 0x1p23f + 128);
    private static final FloatVector STEPS_BIAS = FloatVector.broadcast(F, 0x1p15f + 128);

    VectorBytePanel() {}

    @Override
    public void decode(MemorySegment data, long at, int groups, Scratch scratch) {
        int rows = groups * TileFormat.GROUP_ROWS;
        for (int group = 0; group < groups; group++) {
            int row = group * TileFormat.GROUP_ROWS;
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                long line = at + group * 64L + 4L * lane;
                for (int block = 0; block < 2; block++) {
                    long scaleLine = line + block * groups * 64L;
                    scales(data, scaleLine, scratch.scales, block * rows + row + lane);
                }
                codes(data, line + 2 * groups * 64L, groups * 64L, scratch.panel, row + lane);
            }
        }
    }

    private static void codes(MemorySegment data, long line, long distance, float[] panel, int to) {
        for (int s = 0; s < 32; s++) {
            IntVector v = IntVector.fromMemorySegment(I, data, line + s * distance, LITTLE_ENDIAN);
            IntVector w = v.lanewise(LSHR, 16);
            v.and(LOW).or(UNITS).reinterpretAsFloats().sub(UNITS_BIAS).intoArray(panel, to);
            v.and(SECOND).or(STEPS).reinterpretAsFloats().sub(STEPS_BIAS).intoArray(panel, to + 16);
            w.and(LOW).or(UNITS).reinterpretAsFloats().sub(UNITS_BIAS).intoArray(panel, to + Scratch.PANEL_STRIDE);
            w.and(SECOND)
                    .or(STEPS)
                    .reinterpretAsFloats()
                    .sub(STEPS_BIAS)
                    .intoArray(panel, to + Scratch.PANEL_STRIDE + 16);
            to += 2 * Scratch.PANEL_STRIDE;
        }
    }

    /** F16 scales of a line, as {@link HalfTiles#half} reads them. Vectors stay inside: a call may box them. */
    private static void scales(MemorySegment data, long at, float[] scales, int to) {
        IntVector half = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
        FloatVector magnitude =
                half.and(0x7FFF).lanewise(LSHL, 13).reinterpretAsFloats().mul(0x1p112f);
        IntVector sign = half.and(0x8000).lanewise(LSHL, 16);
        magnitude.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(scales, to);
        half = half.lanewise(LSHR, 16);
        magnitude = half.and(0x7FFF).lanewise(LSHL, 13).reinterpretAsFloats().mul(0x1p112f);
        sign = half.and(0x8000).lanewise(LSHL, 16);
        magnitude.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(scales, to + 16);
    }
}
