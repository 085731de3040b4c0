package dev.gptoss.engine.weights.gguf;

import dev.gptoss.engine.weights.tensor.ModelFile;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a GGUF file: integers, numbers, truth values, strings, and arrays of small integers. Long arrays and
 * arrays of strings are known by their key alone.
 */
public final class GgufMetadata {
    /** Stands for an array that was passed over. */
    static final Object PASSED_OVER = new Object();

    private final ModelFile file;
    private final Map<String, Object> values;

    GgufMetadata(ModelFile file, Map<String, Object> values) {
        this.file = file;
        this.values = Map.copyOf(values);
    }

    /** The file, for errors. */
    public ModelFile file() {
        return file;
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The string under {@code key}, or null if there is none. */
    public @Nullable String text(String key) {
        return switch (values.get(key)) {
            case null -> null;
            case String text -> text;
            case Object other -> throw wrong(key, "a string", other);
        };
    }

    /** The integer under {@code key}, from 0 to 2^31 - 1. */
    public int integer(String key) {
        Object value = values.get(key);
        if (value == null) {
            throw file.fault("the metadata lacks " + key + ", expected an integer. Convert the model again.");
        }
        if (value instanceof Long integer && integer >= 0 && integer <= Integer.MAX_VALUE) {
            return integer.intValue();
        }
        throw wrong(key, "an integer from 0 to 2147483647", value);
    }

    /** The integer under {@code key}, or {@code otherwise} if there is none. */
    public int integer(String key, int otherwise) {
        return has(key) ? integer(key) : otherwise;
    }

    /** The number under {@code key}, or {@code otherwise} if there is none. */
    public double number(String key, double otherwise) {
        return switch (values.get(key)) {
            case null -> otherwise;
            case Double value -> value;
            case Long value -> value;
            case Object other -> throw wrong(key, "a number", other);
        };
    }

    /** The array of truth values (0 and 1) or small integers under {@code key}, or null if it is no array. */
    public long @Nullable [] array(String key) {
        return values.get(key) instanceof long[] array ? array.clone() : null;
    }

    private WeightsException wrong(String key, String expected, Object found) {
        String is = found == PASSED_OVER || found instanceof long[] ? "an array" : String.valueOf(found);
        return file.fault(key + " must be " + expected + ", is " + is + ". Convert the model again.");
    }
}
