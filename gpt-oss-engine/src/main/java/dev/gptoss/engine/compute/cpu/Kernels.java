package dev.gptoss.engine.compute.cpu;

/** One family of kernels. All families give equal bits. */
interface Kernels {

    /** Bits of a vector register, 0 for scalar code. */
    int species();

    TileKernel tile(TileFormat format, boolean quantised);

    /** Scalar kernels, always there. */
    static Kernels scalar() {
        return new ScalarKernels();
    }
}
