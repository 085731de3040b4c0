package dev.gptoss.engine.compute.cpu;

/** Kernels without the vector module. */
final class ScalarKernels implements Kernels {

    @Override
    public int species() {
        return 0;
    }

    @Override
    public TileKernel tile(TileFormat format, boolean quantised) {
        return new ScalarTileKernel(format, quantised);
    }
}
