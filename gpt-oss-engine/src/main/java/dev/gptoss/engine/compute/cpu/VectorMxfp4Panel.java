package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** MXFP4 to F32 and scales, as {@link Mxfp4Tiles#decode}. */
final class VectorMxfp4Panel implements PanelDecoder {

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits());
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    private static final VectorSpecies<Short> S = VectorSpecies.of(short.class, SHAPE);
    private static final int WIDTH = I.length();
    private static final ShortVector TABLE = ShortVector.fromArray(S, Mxfp4Tiles.brainCodes(), 0);
    private static final IntVector HIGH = IntVector.broadcast(I, 0xFFFF0000);
    private static final IntVector EXPONENT = IntVector.broadcast(I, 0x7F800000);
    private static final IntVector LOWEST = IntVector.broadcast(I, 1 << 22);

    VectorMxfp4Panel() {}

    @Override
    public void decode(MemorySegment data, long at, int groups, Scratch scratch) {
        int rows = groups * TileFormat.GROUP_ROWS;
        for (int group = 0; group < groups; group++) {
            scales(data, at + group * 64L, rows, group * TileFormat.GROUP_ROWS, scratch.scales);
        }
        for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
            decode(data, at + groups * 64L + 4L * lane, scratch.panel, lane);
        }
    }

    private static void decode(MemorySegment data, long line, float[] panel, int to) {
        for (int s = 0; s < 32; s++) {
            ShortVector v = ShortVector.fromMemorySegment(S, data, line + s * 64L, LITTLE_ENDIAN);
            put(v, panel, to);
            put(v.lanewise(LSHR, 8), panel, to + TileFormat.GROUP_ROWS);
            to += Scratch.PANEL_STRIDE;
            put(v.lanewise(LSHR, 4), panel, to);
            put(v.lanewise(LSHR, 12), panel, to + TileFormat.GROUP_ROWS);
            to += Scratch.PANEL_STRIDE;
        }
    }

    private static void put(ShortVector nibbles, float[] panel, int to) {
        IntVector pair = codes(nibbles).reinterpretAsInts();
        pair.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(panel, to);
        pair.and(HIGH).reinterpretAsFloats().intoArray(panel, to + 16);
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

    /** Numbers of the low nibbles. Eight lanes hold the magnitudes only. */
    private static ShortVector codes(ShortVector nibbles) {
        ShortVector v = nibbles.selectFrom(TABLE);
        return S.length() >= 16 ? v : v.or(nibbles.lanewise(LSHL, 12).and((short) 0x8000));
    }
}
