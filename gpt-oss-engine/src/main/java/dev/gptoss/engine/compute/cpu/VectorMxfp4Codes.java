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

    @Override
    public void decode(MemorySegment data, long at, int groups, Scratch scratch) {
        int rows = groups * TileFormat.GROUP_ROWS;
        for (int group = 0; group < groups; group++) {
            int row = group * TileFormat.GROUP_ROWS;
            scales(data, at + group * 64L, rows, row, scratch.scales);
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                long line = at + (groups + group) * 64L + 4L * lane;
                decode(data, line, groups * 64L, scratch.codes, row + 2 * lane);
            }
        }
    }

    private static void decode(MemorySegment data, long line, long distance, short[] codes, int to) {
        for (int s = 0; s < 16; s++) {
            ShortVector v = ShortVector.fromMemorySegment(S, data, line + s * distance, LITTLE_ENDIAN);
            for (int c = 0; c < 4; c++) {
                codes(v).intoArray(codes, to);
                v = v.lanewise(LSHR, 4);
                to += Scratch.PANEL_STRIDE;
            }
        }
    }

    /** Scales of a group: four bytes of each int are block 0 low, high, block 1 low, high. */
    private static void scales(MemorySegment data, long at, int rows, int row, float[] scales) {
        for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
            IntVector e = IntVector.fromMemorySegment(I, data, at + 4L * lane, LITTLE_ENDIAN);
            int to = row + lane;
            scale(e.lanewise(LSHL, 23), scales, to);
            scale(e.lanewise(LSHL, 15), scales, to + 16);
            scale(e.lanewise(LSHL, 7), scales, to + rows);
            scale(e.lanewise(LSHR, 1), scales, to + rows + 16);
        }
    }

    private static void scale(IntVector exponent, float[] scales, int to) {
        exponent.and(EXPONENT).max(LOWEST).reinterpretAsFloats().intoArray(scales, to);
    }

    /** Codes of the low nibbles. Eight lanes hold the magnitudes only. */
    private static ShortVector codes(ShortVector nibbles) {
        ShortVector v = nibbles.selectFrom(TABLE);
        if (S.length() >= 16) {
            return v;
        }
        ShortVector sign = nibbles.lanewise(LSHL, 12).lanewise(ASHR, 15);
        return v.lanewise(XOR, sign).sub(sign);
    }
}
