package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** MXFP4 to doubled codes in 16 bits, in the order of the lines, and scales. */
final class VectorMxfp4Codes implements PanelDecoder {

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits());
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    private static final VectorSpecies<Short> S = VectorSpecies.of(short.class, SHAPE);
    private static final int WIDTH = I.length();
    private static final ShortVector TABLE = ShortVector.fromArray(S, Mxfp4Tiles.doubledCodes(), 0);
    private static final IntVector EXPONENT = IntVector.broadcast(I, 0x7F800000);
    private static final IntVector LOWEST = IntVector.broadcast(I, 1 << 22);

    VectorMxfp4Codes() {}

    /**
     * One method, too large for the compiler to put it into the loop over units: there it sometimes ran out of room for the
     * vectors inside, and prefill of the 20b shape fell from 28 to 23 tok/s until the process ended.
     */
    @Override
    public void decode(MemorySegment data, long at, int groups, Scratch scratch) {
        int rows = groups * TileFormat.GROUP_ROWS;
        int codes = scratch.codes;
        float[] scales = scratch.scales;
        for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
            long line = at + 4L * lane;
            for (int row = lane; row < rows; row += TileFormat.GROUP_ROWS) {
                // four bytes of each int are block 0 low, high, block 1 low, high
                IntVector e = IntVector.fromMemorySegment(I, data, line, LITTLE_ENDIAN);
                IntVector exponent = e.lanewise(LSHL, 23).and(EXPONENT).max(LOWEST);
                exponent.reinterpretAsFloats().intoArray(scales, row);
                exponent = e.lanewise(LSHL, 15).and(EXPONENT).max(LOWEST);
                exponent.reinterpretAsFloats().intoArray(scales, row + 16);
                exponent = e.lanewise(LSHL, 7).and(EXPONENT).max(LOWEST);
                exponent.reinterpretAsFloats().intoArray(scales, row + rows);
                exponent = e.lanewise(LSHR, 1).and(EXPONENT).max(LOWEST);
                exponent.reinterpretAsFloats().intoArray(scales, row + rows + 16);
                line += TileFormat.LINE_BYTES;
            }
            int to = codes + 2 * lane;
            for (int s = 0; s < 32; s++) {
                IntVector v = IntVector.fromMemorySegment(I, data, line, LITTLE_ENDIAN);
                codes(v).intoMemorySegment(PanelCodes.ALL, 2L * to, LITTLE_ENDIAN);
                codes(v.lanewise(LSHR, 8))
                        .intoMemorySegment(PanelCodes.ALL, 2L * (to + TileFormat.GROUP_ROWS), LITTLE_ENDIAN);
                codes(v.lanewise(LSHR, 4))
                        .intoMemorySegment(PanelCodes.ALL, 2L * (to + Scratch.PANEL_STRIDE), LITTLE_ENDIAN);
                codes(v.lanewise(LSHR, 12))
                        .intoMemorySegment(
                                PanelCodes.ALL,
                                2L * (to + Scratch.PANEL_STRIDE + TileFormat.GROUP_ROWS),
                                LITTLE_ENDIAN);
                to += 2 * Scratch.PANEL_STRIDE;
                line += TileFormat.LINE_BYTES;
            }
        }
    }

    /** Codes of the low nibbles of all 16-bit halves. Eight lanes hold the magnitudes only. */
    private static ShortVector codes(IntVector ints) {
        ShortVector nibbles = ints.reinterpretAsShorts();
        ShortVector v = nibbles.selectFrom(TABLE);
        if (S.length() >= 16) {
            return v;
        }
        ShortVector sign = nibbles.lanewise(LSHL, 12).lanewise(ASHR, 15);
        return v.lanewise(XOR, sign).sub(sign);
    }
}
