package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.VocabularyScan;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.incubator.vector.VectorShape;

/** Kernels of one register width. */
final class VectorKernels implements Kernels {

    private final int species;

    /** Stateless kernels by class: one for all matrices, so that its code is compiled once. */
    private final Map<String, Object> shared = new ConcurrentHashMap<>();

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
        if (quantised) {
            return panel(format, "VectorMxfp4Codes", "VectorIntegerProduct", "VectorMxfp4IntegerKernel");
        }
        if (format instanceof Mxfp4Tiles) {
            return panel(format, "VectorMxfp4Panel", "VectorPanelProduct", "VectorMxfp4RowKernel");
        }
        if (format instanceof ByteTiles) {
            return panel(format, "VectorBytePanel", "VectorPanelProduct", "VectorByteRowKernel");
        }
        if (format instanceof HalfTiles half && half.isBrain()) {
            return panel(format, "VectorBrainPanel", "VectorPanelProduct", "VectorBrainRowKernel");
        }
        if (format instanceof FloatTiles) {
            return panel(format, "VectorFloatPanel", "VectorPanelProduct", "VectorFloatRowKernel");
        }
        return new ScalarTileKernel(format, false);
    }

    private TileKernel panel(TileFormat format, String decoder, String product, String single) {
        return new PanelKernel(
                format,
                shared(PanelDecoder.class, decoder),
                shared(PanelProduct.class, product),
                shared(TileKernel.class, single));
    }

    private <T> T shared(Class<T> type, String name) {
        return type.cast(shared.computeIfAbsent(name, n -> make(type, n)));
    }

    @Override
    public RowKernel rows() {
        return make(RowKernel.class, "VectorRowKernel");
    }

    @Override
    public ElementKernel elements() {
        return shared(ElementKernel.class, "VectorElementKernel");
    }

    @Override
    public AttentionKernel attention(boolean half) {
        var shape = new SpeciesClasses.Shape(species, half);
        return SpeciesClasses.instantiate(AttentionKernel.class, "VectorAttentionKernel", shape);
    }

    @Override
    public VocabularyScan scan() {
        return make(VocabularyScan.class, "VectorVocabularyScan");
    }

    private <T> T make(Class<T> type, String name) {
        return SpeciesClasses.instantiate(type, name, new SpeciesClasses.Shape(species, false));
    }
}
