package dev.gptoss.engine.compute.cpu;

import org.jspecify.annotations.Nullable;

/** The one way to vector kernels: found by name, so that nothing links the incubator module unless it is there. */
final class VectorDoor {

    private static final String MODULE = "jdk.incubator.vector";

    private VectorDoor() {}

    /** Why kernels of a register width (0: the widest) cannot be had and what to do about it, or null if they can. */
    static @Nullable String obstacle(int species) {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return "the vector module is not loaded; start Java with --add-modules " + MODULE;
        }
        int widest = open(0).species();
        if (widest < 128) {
            return "Java uses no vector registers on this processor; choose the backend scalar";
        }
        return species > widest ? "registers have " + widest + " bits; choose at most that, or 0" : null;
    }

    /** Kernels of a register width (0: the widest); {@link #obstacle} must have found none. */
    static Kernels open(int species) {
        try {
            var type = Class.forName(VectorDoor.class.getPackageName() + ".VectorKernels");
            return (Kernels) type.getDeclaredConstructor(int.class).newInstance(species);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vector kernels do not load", e);
        }
    }
}
