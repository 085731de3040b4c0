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

    /** One method for the reason given in {@link VectorMxfp4Codes#decode}. */
    @Override
    public void decode(MemorySegment data, long at, int groups, Scratch scratch) {
        int rows = groups * TileFormat.GROUP_ROWS;
        long distance = groups * 64L;
        float[] panel = scratch.panel;
        float[] scales = scratch.scales;
        for (int group = 0; group < groups; group++) {
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                long line = at + group * 64L + 4L * lane;
                int to = group * TileFormat.GROUP_ROWS + lane;
                // F16 scales, as HalfTiles.half reads them
                for (int part = to; part < to + 2 * rows; part += rows) {
                    IntVector half = IntVector.fromMemorySegment(I, data, line, LITTLE_ENDIAN);
                    IntVector sign = half.and(0x8000).lanewise(LSHL, 16);
                    FloatVector magnitude = half.and(0x7FFF)
                            .lanewise(LSHL, 13)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
                    magnitude.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(scales, part);
                    half = half.lanewise(LSHR, 16);
                    sign = half.and(0x8000).lanewise(LSHL, 16);
                    magnitude = half.and(0x7FFF)
                            .lanewise(LSHL, 13)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
                    magnitude.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(scales, part + 16);
                    line += distance;
                }
                for (int s = 0; s < 32; s++) {
                    IntVector v = IntVector.fromMemorySegment(I, data, line, LITTLE_ENDIAN);
                    IntVector w = v.lanewise(LSHR, 16);
                    FloatVector value = v.and(LOW).or(UNITS).reinterpretAsFloats();
                    value.sub(UNITS_BIAS).intoArray(panel, to);
                    value = v.and(SECOND).or(STEPS).reinterpretAsFloats();
                    value.sub(STEPS_BIAS).intoArray(panel, to + 16);
                    value = w.and(LOW).or(UNITS).reinterpretAsFloats();
                    value.sub(UNITS_BIAS).intoArray(panel, to + Scratch.PANEL_STRIDE);
                    value = w.and(SECOND).or(STEPS).reinterpretAsFloats();
                    value.sub(STEPS_BIAS).intoArray(panel, to + Scratch.PANEL_STRIDE + 16);
                    line += distance;
                    to += 2 * Scratch.PANEL_STRIDE;
                }
            }
        }
    }
}
