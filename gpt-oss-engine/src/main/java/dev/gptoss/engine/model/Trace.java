package dev.gptoss.engine.model;

/** Sees the intermediates of a forward pass, so that a difference is found where it begins. */
@FunctionalInterface
public interface Trace {

    /** Sees nothing. */
    Trace NONE = (name, layer, values) -> {};

    /**
     * @param name what it is: {@code attn_out} (after the output projection), {@code router} (scores of all experts),
     *     {@code experts} (chosen ones, best first), {@code moe_out}, {@code hidden} (the residual after the layer)
     * @param layer layer it belongs to
     * @param values (rows, width); must not be kept or changed
     */
    void record(String name, int layer, float[][] values);
}
