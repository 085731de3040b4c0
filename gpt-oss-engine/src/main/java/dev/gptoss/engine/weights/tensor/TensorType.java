package dev.gptoss.engine.weights.tensor;

/**
 * How the numbers of a matrix row are packed: equal blocks of {@link #blockValues()} numbers in {@link #blockBytes()}
 * bytes, little-endian, in ggml's order inside the block. Ids and layouts are those of GGUF.
 */
public enum TensorType {
    /** IEEE single. */
    F32(0, 1, 4),
    /** IEEE half. */
    F16(1, 1, 2),
    /** Upper half of an F32. */
    BF16(30, 1, 2),
    /** {@code d f16; q[16]}: (n - 8) d, value i in the low nibble of q[i], value i + 16 in the high one. */
    Q4_0(2, 32, 18),
    /** {@code d f16; m f16; q[16]}: n d + m. */
    Q4_1(3, 32, 20),
    /** {@code d f16; h u32; q[16]}: ((n | bit i of h << 4) - 16) d. */
    Q5_0(6, 32, 22),
    /** {@code d f16; m f16; h u32; q[16]}: (n | bit i of h << 4) d + m. */
    Q5_1(7, 32, 24),
    /** {@code d f16; q i8[32]}: q d. */
    Q8_0(8, 32, 34),
    /** {@code d f16; dmin f16; scales and minima[12]; q[128]}. */
    Q4_K(12, 256, 144),
    /** {@code d f16; dmin f16; scales and minima[12]; h[32]; q[128]}. */
    Q5_K(13, 256, 176),
    /** {@code ql[128]; qh[64]; scales i8[16]; d f16}. */
    Q6_K(14, 256, 210),
    /** {@code d f16; q[16]}: d T[n], T a fixed table of 16 unequal steps. */
    IQ4_NL(20, 32, 18),
    /** {@code e u8; q[16]}: FP4(n) 2^(e - 127), nibbles as in {@link #Q4_0}. */
    MXFP4(39, 32, 17);

    private final int ggufId;
    private final int blockValues;
    private final int blockBytes;

    TensorType(int ggufId, int blockValues, int blockBytes) {
        this.ggufId = ggufId;
        this.blockValues = blockValues;
        this.blockBytes = blockBytes;
    }

    /** The type's id in a GGUF tensor info. */
    public int ggufId() {
        return ggufId;
    }

    /** Numbers in a block. */
    public int blockValues() {
        return blockValues;
    }

    /** Bytes of a block. */
    public int blockBytes() {
        return blockBytes;
    }

    /** Bytes of {@code values} numbers, a multiple of {@link #blockValues()}. */
    public long bytes(long values) {
        assert values % blockValues == 0 : values + " values are no whole " + this + " blocks";
        return Math.multiplyExact(values / blockValues, blockBytes);
    }
}
