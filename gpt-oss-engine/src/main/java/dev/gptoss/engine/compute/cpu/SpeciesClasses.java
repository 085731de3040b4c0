package dev.gptoss.engine.compute.cpu;

import java.io.IOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * One class file, one class for each register width: a vector class is defined as a hidden class whose class data is its
 * {@link Shape}, so that its species is a constant to the compiler and several widths can live in one process.
 */
final class SpeciesClasses {

    /**
     * What a vector class is made for.
     *
     * @param bits of a register
     * @param half whether the keys and values that attention reads are F16
     */
    record Shape(int bits, boolean half) {}

    private SpeciesClasses() {}

    /** An instance of the class {@code name} of this package, made for a shape. Has a constructor without parameters. */
    static <T> T instantiate(Class<T> type, String name, Shape shape) {
        Lookup lookup = MethodHandles.lookup();
        try {
            Lookup hidden = lookup.defineHiddenClassWithClassData(bytes(name), shape, true);
            var constructor = hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class));
            return type.cast(constructor.invoke());
        } catch (Throwable e) {
            throw new IllegalStateException(name + " cannot be defined for " + shape, e);
        }
    }

    private static byte[] bytes(String name) throws IOException {
        String file = name + ".class";
        try (var in = SpeciesClasses.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException(file + " is not beside " + SpeciesClasses.class.getName());
            }
            return in.readAllBytes();
        }
    }

    /** The shape a hidden class was made for, asked from its initializer. */
    static Shape shape(Lookup lookup) {
        try {
            return MethodHandles.classData(lookup, ConstantDescs.DEFAULT_NAME, Shape.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
