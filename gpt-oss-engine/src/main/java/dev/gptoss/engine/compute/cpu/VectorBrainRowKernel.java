package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** BF16 times one F32 row. A tile of one group is passed over as if its group came twice. */
final class VectorBrainRowKernel implements TileKernel {

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits());
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, SHAPE);
    private static final int WIDTH = I.length();
    private static final IntVector HIGH = IntVector.broadcast(I, 0xFFFF0000);

    VectorBrainRowKernel() {}

    @Override
    public boolean takesPartialTiles() {
        return true;
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
        assert count == 1;
        int at = source[from] * x.stride();
        long line = groups * 64L;
        Arrays.fill(scratch.results, 0, 64, 0);
        for (int block = 0; block < 2 * units; block++) {
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                addBlock(
                        data,
                        tile + block * (32 * line) + 4L * lane,
                        line,
                        x.values(),
                        at + block * Activations.BLOCK,
                        scratch.results,
                        lane);
            }
        }
    }

    private static void addBlock(
            MemorySegment data, long at, long line, float[] values, int x, float[] results, int lane) {
        FloatVector t0 = FloatVector.zero(F), t1 = t0, t2 = t0, t3 = t0;
        for (int c = x; c < x + 32; c++) {
            IntVector v0 = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
            IntVector v1 = IntVector.fromMemorySegment(I, data, at + line - 64, LITTLE_ENDIAN);
            FloatVector b = FloatVector.broadcast(F, values[c]);
            t0 = v0.lanewise(LSHL, 16).reinterpretAsFloats().fma(b, t0);
            t1 = v0.and(HIGH).reinterpretAsFloats().fma(b, t1);
            t2 = v1.lanewise(LSHL, 16).reinterpretAsFloats().fma(b, t2);
            t3 = v1.and(HIGH).reinterpretAsFloats().fma(b, t3);
            at += line;
        }
        t0.add(FloatVector.fromArray(F, results, lane)).intoArray(results, lane);
        t1.add(FloatVector.fromArray(F, results, lane + 16)).intoArray(results, lane + 16);
        t2.add(FloatVector.fromArray(F, results, lane + 32)).intoArray(results, lane + 32);
        t3.add(FloatVector.fromArray(F, results, lane + 48)).intoArray(results, lane + 48);
    }
}
