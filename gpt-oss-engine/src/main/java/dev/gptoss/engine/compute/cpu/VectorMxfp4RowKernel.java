package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** MXFP4 times one F32 row: codes by a table of BF16 numbers in 16-bit lanes, whose halves are two F32 lanes each. */
final class VectorMxfp4RowKernel implements TileKernel {

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits());
    private static final VectorSpecies<Short> S = VectorSpecies.of(short.class, SHAPE);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, SHAPE);
    private static final int WIDTH = I.length();
    private static final ShortVector TABLE = ShortVector.fromArray(S, Mxfp4Tiles.brainCodes(), 0);
    private static final IntVector HIGH = IntVector.broadcast(I, 0xFFFF0000);
    private static final IntVector EXPONENT = IntVector.broadcast(I, 0x7F800000);
    private static final IntVector LOWEST = IntVector.broadcast(I, 1 << 22);

    VectorMxfp4RowKernel() {}

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
                addUnit(
                        data,
                        tile + (long) unit * (17 * 128) + 4L * lane,
                        x.values(),
                        at + unit * Activations.UNIT,
                        scratch.results,
                        lane);
            }
        }
    }

    private static void addUnit(MemorySegment data, long at, float[] values, int x, float[] results, int lane) {
        FloatVector r0 = FloatVector.fromArray(F, results, lane);
        FloatVector r1 = FloatVector.fromArray(F, results, lane + 16);
        FloatVector r2 = FloatVector.fromArray(F, results, lane + 32);
        FloatVector r3 = FloatVector.fromArray(F, results, lane + 48);
        IntVector e0 = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
        IntVector e1 = IntVector.fromMemorySegment(I, data, at + 64, LITTLE_ENDIAN);
        long line = at + 128;
        for (int block = 0; block < 2; block++) {
            FloatVector t0 = FloatVector.zero(F), t1 = t0, t2 = t0, t3 = t0;
            for (long end = line + 1024; line != end; line += 64) {
                ShortVector v = ShortVector.fromMemorySegment(S, data, line, LITTLE_ENDIAN);
                for (int c = 0; c < 2; c++) {
                    IntVector w0 = codes(v).reinterpretAsInts();
                    IntVector w1 = codes(v.lanewise(LSHR, 8)).reinterpretAsInts();
                    FloatVector b = FloatVector.broadcast(F, values[x + c]);
                    t0 = w0.lanewise(LSHL, 16).reinterpretAsFloats().fma(b, t0);
                    t1 = w0.and(HIGH).reinterpretAsFloats().fma(b, t1);
                    t2 = w1.lanewise(LSHL, 16).reinterpretAsFloats().fma(b, t2);
                    t3 = w1.and(HIGH).reinterpretAsFloats().fma(b, t3);
                    v = v.lanewise(LSHR, 4);
                }
                x += 2;
            }
            r0 = t0.fma(e0.lanewise(LSHL, 23).and(EXPONENT).max(LOWEST).reinterpretAsFloats(), r0);
            r1 = t1.fma(e0.lanewise(LSHL, 15).and(EXPONENT).max(LOWEST).reinterpretAsFloats(), r1);
            r2 = t2.fma(e1.lanewise(LSHL, 23).and(EXPONENT).max(LOWEST).reinterpretAsFloats(), r2);
            r3 = t3.fma(e1.lanewise(LSHL, 15).and(EXPONENT).max(LOWEST).reinterpretAsFloats(), r3);
            e0 = e0.lanewise(LSHR, 16);
            e1 = e1.lanewise(LSHR, 16);
        }
        r0.intoArray(results, lane);
        r1.intoArray(results, lane + 16);
        r2.intoArray(results, lane + 32);
        r3.intoArray(results, lane + 48);
    }

    /** Numbers of the low nibbles. Eight lanes hold the magnitudes only. */
    private static ShortVector codes(ShortVector nibbles) {
        ShortVector v = nibbles.selectFrom(TABLE);
        return S.length() >= 16 ? v : v.or(nibbles.lanewise(LSHL, 12).and((short) 0x8000));
    }
}
