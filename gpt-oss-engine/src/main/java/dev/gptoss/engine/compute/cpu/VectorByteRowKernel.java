package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link ByteTiles} times one F32 row. */
final class VectorByteRowKernel implements TileKernel {

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

    VectorByteRowKernel() {}

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
        assert groups == 2 && count == 1;
        int at = source[from] * x.stride();
        Arrays.fill(scratch.results, 0, 64, 0);
        for (int unit = 0; unit < units; unit++) {
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                long begin = tile + (long) unit * (34 * 128) + 4L * lane;
                int column = at + unit * Activations.UNIT;
                scales(data, begin, scratch.scales, lane);
                addBlock(data, begin + 256, x.values(), column, scratch.scales, lane, scratch.results, lane);
                addBlock(
                        data,
                        begin + 256 + 16 * 128,
                        x.values(),
                        column + 32,
                        scratch.scales,
                        lane + 64,
                        scratch.results,
                        lane);
            }
        }
    }

    private static void addBlock(
            MemorySegment data, long line, float[] values, int x, float[] scales, int s, float[] results, int lane) {
        FloatVector t0 = FloatVector.zero(F), t1 = t0, t2 = t0, t3 = t0;
        for (int c = x, end = x + 32; c != end; c += 2) {
            IntVector v0 = IntVector.fromMemorySegment(I, data, line, LITTLE_ENDIAN);
            IntVector v1 = IntVector.fromMemorySegment(I, data, line + 64, LITTLE_ENDIAN);
            FloatVector b = FloatVector.broadcast(F, values[c]);
            t0 = v0.and(LOW).or(UNITS).reinterpretAsFloats().sub(UNITS_BIAS).fma(b, t0);
            t1 = v0.and(SECOND).or(STEPS).reinterpretAsFloats().sub(STEPS_BIAS).fma(b, t1);
            t2 = v1.and(LOW).or(UNITS).reinterpretAsFloats().sub(UNITS_BIAS).fma(b, t2);
            t3 = v1.and(SECOND).or(STEPS).reinterpretAsFloats().sub(STEPS_BIAS).fma(b, t3);
            b = FloatVector.broadcast(F, values[c + 1]);
            v0 = v0.lanewise(LSHR, 16);
            v1 = v1.lanewise(LSHR, 16);
            t0 = v0.and(LOW).or(UNITS).reinterpretAsFloats().sub(UNITS_BIAS).fma(b, t0);
            t1 = v0.and(SECOND).or(STEPS).reinterpretAsFloats().sub(STEPS_BIAS).fma(b, t1);
            t2 = v1.and(LOW).or(UNITS).reinterpretAsFloats().sub(UNITS_BIAS).fma(b, t2);
            t3 = v1.and(SECOND).or(STEPS).reinterpretAsFloats().sub(STEPS_BIAS).fma(b, t3);
            line += 128;
        }
        t0.fma(FloatVector.fromArray(F, scales, s), FloatVector.fromArray(F, results, lane))
                .intoArray(results, lane);
        t1.fma(FloatVector.fromArray(F, scales, s + 16), FloatVector.fromArray(F, results, lane + 16))
                .intoArray(results, lane + 16);
        t2.fma(FloatVector.fromArray(F, scales, s + 32), FloatVector.fromArray(F, results, lane + 32))
                .intoArray(results, lane + 32);
        t3.fma(FloatVector.fromArray(F, scales, s + 48), FloatVector.fromArray(F, results, lane + 48))
                .intoArray(results, lane + 48);
    }

    /**
     * F16 scales of a unit, as {@link HalfTiles#half} reads them. Before the blocks: a call in their midst that is not
     * inlined spills their sums, which cost a sixth of the speed.
     */
    private static void scales(MemorySegment data, long at, float[] scales, int to) {
        for (int line = 0; line < 4; line++) {
            IntVector half = IntVector.fromMemorySegment(I, data, at + line * 64L, LITTLE_ENDIAN);
            for (int part = to + line * 32; part < to + line * 32 + 32; part += 16) {
                IntVector sign = half.and(0x8000).lanewise(LSHL, 16);
                FloatVector magnitude = half.and(0x7FFF)
                        .lanewise(LSHL, 13)
                        .reinterpretAsFloats()
                        .mul(0x1p112f);
                magnitude.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(scales, part);
                half = half.lanewise(LSHR, 16);
            }
        }
    }
}
