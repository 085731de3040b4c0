package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.ScalarVocabularyScan;
import dev.gptoss.engine.compute.VocabularyScan;

/** One family of kernels. All families give equal bits. */
interface Kernels {

    /** Bits of a vector register, 0 for scalar code. */
    int species();

    TileKernel tile(TileFormat format, boolean quantised);

    /** Has scratch: one for each thread. */
    default RowKernel rows() {
        return new ScalarRowKernel();
    }

    /** Holds no state. */
    default ElementKernel elements() {
        return new ScalarElementKernel();
    }

    /**
     * Holds no state.
     *
     * @param half whether the keys and values it reads are F16
     */
    default AttentionKernel attention(boolean half) {
        return new ScalarAttentionKernel(half);
    }

    /** Has scratch: one for each thread. */
    default VocabularyScan scan() {
        return new ScalarVocabularyScan();
    }

    /** Scalar kernels, always there. */
    static Kernels scalar() {
        return new ScalarKernels();
    }
}
