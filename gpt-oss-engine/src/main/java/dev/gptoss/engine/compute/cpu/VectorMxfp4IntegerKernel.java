package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * MXFP4 times one integer row. One table look-up turns 64 nibbles into bytes, which are lifted so that none is negative. A
 * 16-bit lane c then holds the codes of two rows: sums of c times x and of c / 256 times x give both, and sums of a block
 * fit 16 bits ({@link Activations#MOST}).
 */
final class VectorMxfp4IntegerKernel implements TileKernel {

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits());
    private static final VectorSpecies<Byte> B = VectorSpecies.of(byte.class, SHAPE);
    private static final VectorSpecies<Short> S = VectorSpecies.of(short.class, SHAPE);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, SHAPE);
    private static final int WIDTH = I.length();

    /** Lifted codes, repeated over the lanes: an index needs no mask of its own. */
    private static final ByteVector TABLE = ByteVector.fromArray(B, Mxfp4Tiles.liftedCodes(), 0);

    private static final IntVector EXPONENT = IntVector.broadcast(I, 0x7F800000);
    private static final IntVector HIGH = IntVector.broadcast(I, 0xFFFF0000);
    private static final IntVector LOWEST = IntVector.broadcast(I, 1 << 22);

    VectorMxfp4IntegerKernel() {}

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
                        x.integers(),
                        x.steps(),
                        x.lifts(),
                        at + unit * Activations.UNIT,
                        scratch.results,
                        lane);
            }
        }
    }

    private static void addUnit(
            MemorySegment data, long at, int[] integers, float[] steps, int[] lifts, int x, float[] results, int lane) {
        FloatVector r0 = FloatVector.fromArray(F, results, lane);
        FloatVector r1 = FloatVector.fromArray(F, results, lane + 16);
        FloatVector r2 = FloatVector.fromArray(F, results, lane + 32);
        FloatVector r3 = FloatVector.fromArray(F, results, lane + 48);
        IntVector e0 = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
        IntVector e1 = IntVector.fromMemorySegment(I, data, at + 64, LITTLE_ENDIAN);
        long line = at + 128;
        for (int block = 0; block < 2; block++) {
            FloatVector step = FloatVector.broadcast(F, steps[x / Activations.BLOCK]);
            // rows of the upper bytes, and of both: of the lower ones times 1 and of the upper ones times 256
            ShortVector upper =
                    IntVector.broadcast(I, lifts[x / Activations.BLOCK]).reinterpretAsShorts();
            ShortVector both = upper.mul((short) 257);
            for (long end = line + 1024; line != end; line += 128) {
                IntVector v0 = IntVector.fromMemorySegment(I, data, line, LITTLE_ENDIAN);
                IntVector v1 = IntVector.fromMemorySegment(I, data, line + 64, LITTLE_ENDIAN);
                ShortVector b = IntVector.broadcast(I, integers[x]).reinterpretAsShorts();
                ShortVector c = codes(v0);
                both = both.add(c.mul(b));
                upper = upper.add(c.lanewise(LSHR, 8).mul(b));
                b = IntVector.broadcast(I, integers[x + 1]).reinterpretAsShorts();
                c = codes(v0.lanewise(LSHR, 4));
                both = both.add(c.mul(b));
                upper = upper.add(c.lanewise(LSHR, 8).mul(b));
                b = IntVector.broadcast(I, integers[x + 2]).reinterpretAsShorts();
                c = codes(v1);
                both = both.add(c.mul(b));
                upper = upper.add(c.lanewise(LSHR, 8).mul(b));
                b = IntVector.broadcast(I, integers[x + 3]).reinterpretAsShorts();
                c = codes(v1.lanewise(LSHR, 4));
                both = both.add(c.mul(b));
                upper = upper.add(c.lanewise(LSHR, 8).mul(b));
                x += 4;
            }
            IntVector i0 = both.sub(upper.lanewise(LSHL, 8)).reinterpretAsInts();
            IntVector i1 = upper.reinterpretAsInts();
            r0 = ((FloatVector) i0.lanewise(LSHL, 16).convert(I2F, 0))
                    .mul(step)
                    .fma(e0.lanewise(LSHL, 23).and(EXPONENT).max(LOWEST).reinterpretAsFloats(), r0);
            r1 = ((FloatVector) i0.and(HIGH).convert(I2F, 0))
                    .mul(step)
                    .fma(e0.lanewise(LSHL, 15).and(EXPONENT).max(LOWEST).reinterpretAsFloats(), r1);
            r2 = ((FloatVector) i1.lanewise(LSHL, 16).convert(I2F, 0))
                    .mul(step)
                    .fma(e1.lanewise(LSHL, 23).and(EXPONENT).max(LOWEST).reinterpretAsFloats(), r2);
            r3 = ((FloatVector) i1.and(HIGH).convert(I2F, 0))
                    .mul(step)
                    .fma(e1.lanewise(LSHL, 15).and(EXPONENT).max(LOWEST).reinterpretAsFloats(), r3);
            e0 = e0.lanewise(LSHR, 16);
            e1 = e1.lanewise(LSHR, 16);
        }
        r0.intoArray(results, lane);
        r1.intoArray(results, lane + 16);
        r2.intoArray(results, lane + 32);
        r3.intoArray(results, lane + 48);
    }

    /**
     * Lifted codes of the low nibbles of all bytes. Shifts of ints come with an immediate count, and bits of the neighbour
     * above do no harm.
     */
    private static ShortVector codes(IntVector ints) {
        return ints.reinterpretAsBytes().selectFrom(TABLE).reinterpretAsShorts();
    }
}
