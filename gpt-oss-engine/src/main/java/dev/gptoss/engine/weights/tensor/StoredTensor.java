package dev.gptoss.engine.weights.tensor;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A named range of a file.
 *
 * @param shape row-major, slowest first
 * @param position first byte in the file
 * @param byteSize bytes, all within the file when it was opened
 */
public record StoredTensor(
        ModelFile file, String name, StoredType type, List<Long> shape, long position, long byteSize) {
    public StoredTensor {
        shape = List.copyOf(shape);
    }

    /** Fills {@code destination} with the tensor's bytes from {@code offset} on, as the file has them. */
    public void readInto(long offset, MemorySegment destination) {
        assert offset >= 0 && offset + destination.byteSize() <= byteSize : name;
        file.read(position + offset, destination);
    }

    /** An error about this tensor. */
    public WeightsException fault(String what) {
        return file.fault(name + " " + what);
    }

    /** The shape as errors give it, {@code (32, 2880)}. */
    public static String shapeText(List<Long> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
