package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
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
                addBlock(data, begin, begin + 256, x.values(), column, scratch.results, lane);
                addBlock(data, begin + 128, begin + 256 + 16 * 128, x.values(), column + 32, scratch.results, lane);
            }
        }
    }

    private static void addBlock(
            MemorySegment data, long scales, long line, float[] values, int x, float[] results, int lane) {
        FloatVector t0 = FloatVector.zero(F), t1 = t0, t2 = t0, t3 = t0;
        for (int c = x; c < x + 32; c += 2) {
            IntVector v0 = IntVector.fromMemorySegment(I, data, line, LITTLE_ENDIAN);
            IntVector v1 = IntVector.fromMemorySegment(I, data, line + 64, LITTLE_ENDIAN);
            FloatVector b = FloatVector.broadcast(F, values[c]);
            t0 = ((FloatVector) v0.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0)).fma(b, t0);
            t1 = ((FloatVector) v0.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0)).fma(b, t1);
            t2 = ((FloatVector) v1.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0)).fma(b, t2);
            t3 = ((FloatVector) v1.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0)).fma(b, t3);
            b = FloatVector.broadcast(F, values[c + 1]);
            t0 = ((FloatVector) v0.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0)).fma(b, t0);
            t1 = ((FloatVector) v0.lanewise(ASHR, 24).convert(I2F, 0)).fma(b, t1);
            t2 = ((FloatVector) v1.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0)).fma(b, t2);
            t3 = ((FloatVector) v1.lanewise(ASHR, 24).convert(I2F, 0)).fma(b, t3);
            line += 128;
        }
        IntVector s0 = IntVector.fromMemorySegment(I, data, scales, LITTLE_ENDIAN);
        IntVector s1 = IntVector.fromMemorySegment(I, data, scales + 64, LITTLE_ENDIAN);
        add(t0, s0, results, lane);
        add(t1, s0.lanewise(LSHR, 16), results, lane + 16);
        add(t2, s1, results, lane + 32);
        add(t3, s1.lanewise(LSHR, 16), results, lane + 48);
    }

    /** Adds sums times a scale in F16, as {@link HalfTiles#half} reads it. */
    private static void add(FloatVector sum, IntVector half, float[] results, int at) {
        FloatVector magnitude =
                half.and(0x7FFF).lanewise(LSHL, 13).reinterpretAsFloats().mul(0x1p112f);
        IntVector sign = half.and(0x8000).lanewise(LSHL, 16);
        FloatVector scale = magnitude.reinterpretAsInts().or(sign).reinterpretAsFloats();
        sum.fma(scale, FloatVector.fromArray(F, results, at)).intoArray(results, at);
    }
}
