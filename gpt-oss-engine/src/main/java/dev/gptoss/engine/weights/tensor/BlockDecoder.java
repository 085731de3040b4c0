package dev.gptoss.engine.weights.tensor;

import java.lang.foreign.MemorySegment;

/**
 * Turns one block into F32, value by value as the type's definition reads. The measure for every faster decoder, and
 * fast enough for biases, norms and single embedding rows.
 */
@FunctionalInterface
public interface BlockDecoder {
    /** Decodes the block at {@code offset} into {@code destination} from {@code at} on. */
    void decodeBlock(MemorySegment blocks, long offset, float[] destination, int at);

    /** The decoder of {@code type}. */
    static BlockDecoder of(TensorType type) {
        return switch (type) {
            case F32 -> (s, o, d, at) -> d[at] = s.get(LittleEndian.FLOAT, o);
            case F16 -> (s, o, d, at) -> d[at] = LittleEndian.half(s, o);
            case BF16 -> (s, o, d, at) -> d[at] = LittleEndian.bfloat(s, o);
            case Q4_0 -> SmallBlocks::q4Symmetric;
            case Q4_1 -> SmallBlocks::q4Affine;
            case Q5_0 -> SmallBlocks::q5Symmetric;
            case Q5_1 -> SmallBlocks::q5Affine;
            case Q8_0 -> SmallBlocks::q8Symmetric;
            case IQ4_NL -> SmallBlocks::iq4NonLinear;
            case MXFP4 -> SmallBlocks::mxfp4;
            case Q4_K -> SuperBlocks::q4;
            case Q5_K -> SuperBlocks::q5;
            case Q6_K -> SuperBlocks::q6;
        };
    }

    /** Decodes {@code values} numbers of {@code type}, whole blocks. */
    static void decode(TensorType type, MemorySegment blocks, long offset, float[] destination, int at, int values) {
        assert values % type.blockValues() == 0;
        BlockDecoder decoder = of(type);
        long from = offset;
        for (int done = 0; done < values; done += type.blockValues()) {
            decoder.decodeBlock(blocks, from, destination, at + done);
            from += type.blockBytes();
        }
    }
}
