package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.VocabularyScan;
import jdk.incubator.vector.VectorShape;

/** Kernels of one register width. */
final class VectorKernels implements Kernels {

    private final int species;

    /** @param species bits of a register, or 0 for the widest */
    VectorKernels(int species) {
        this.species = species == 0 ? VectorShape.preferredShape().vectorBitSize() : species;
    }

    @Override
    public int species() {
        return species;
    }

    @Override
    public TileKernel tile(TileFormat format, boolean quantised) {
        return new ScalarTileKernel(format, quantised);
    }

    @Override
    public RowKernel rows() {
        return make(RowKernel.class, "VectorRowKernel", false);
    }

    @Override
    public AttentionKernel attention(boolean half) {
        return make(AttentionKernel.class, "VectorAttentionKernel", half);
    }

    @Override
    public VocabularyScan scan() {
        return make(VocabularyScan.class, "VectorVocabularyScan", false);
    }

    private <T> T make(Class<T> type, String name, boolean half) {
        return SpeciesClasses.instantiate(type, name, new SpeciesClasses.Shape(species, half));
    }
}
