package dev.gptoss.engine.weights.gguf;

import dev.gptoss.engine.weights.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Builds the header of a GGUF file, version 3: metadata first, then tensors in the order of their data. */
public final class GgufHeaderWriter {
    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;

    private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
    private final ByteArrayOutputStream infos = new ByteArrayOutputStream();
    private final List<Long> offsets = new ArrayList<>();
    private long entries;
    private long end;

    public GgufHeaderWriter text(String key, String value) {
        entry(key, 8);
        string(metadata, value);
        return this;
    }

    /** A u32. */
    public GgufHeaderWriter count(String key, int value) {
        entry(key, 4);
        word(metadata, value, 4);
        return this;
    }

    /** An f32. */
    public GgufHeaderWriter number(String key, float value) {
        entry(key, 6);
        word(metadata, Float.floatToRawIntBits(value), 4);
        return this;
    }

    /** An array of strings; {@code item} is asked for each index in turn. */
    public GgufHeaderWriter texts(String key, long size, LongFunction<String> item) {
        entry(key, 9);
        word(metadata, 8, 4);
        word(metadata, size, 8);
        for (long i = 0; i < size; i++) {
            string(metadata, item.apply(i));
        }
        return this;
    }

    /** An array of i32. */
    public GgufHeaderWriter integers(String key, int[] values) {
        entry(key, 9);
        word(metadata, 5, 4);
        word(metadata, values.length, 8);
        for (int value : values) {
            word(metadata, value, 4);
        }
        return this;
    }

    /** Places the next tensor behind the one before. */
    public GgufHeaderWriter tensor(String name, TensorType type, List<Long> shape) {
        return tensor(name, type.ggufId(), type.bytes(shape.stream().reduce(1L, Math::multiplyExact)), shape);
    }

    /** The same for a type id without a {@link TensorType} of its own. */
    public GgufHeaderWriter tensor(String name, int typeId, long byteSize, List<Long> shape) {
        string(infos, name);
        word(infos, shape.size(), 4);
        for (long extent : shape.reversed()) { // fastest first
            word(infos, extent, 8);
        }
        word(infos, typeId, 4);
        word(infos, end, 8);
        offsets.add(end);
        end = align(end + byteSize);
        return this;
    }

    /** The file's bytes before its data, padding included. */
    public byte[] header() {
        var head = new ByteArrayOutputStream();
        head.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        word(head, VERSION, 4);
        word(head, offsets.size(), 8);
        word(head, entries, 8);
        head.writeBytes(metadata.toByteArray());
        head.writeBytes(infos.toByteArray());
        head.writeBytes(new byte[(int) (align(head.size()) - head.size())]);
        return head.toByteArray();
    }

    /** Where each tensor begins, counted from the end of the header. */
    public List<Long> offsets() {
        return List.copyOf(offsets);
    }

    /** Bytes of all tensors, paddings included. */
    public long dataBytes() {
        return end;
    }

    private static long align(long position) {
        return Math.ceilDiv(position, ALIGNMENT) * ALIGNMENT;
    }

    private void entry(String key, int type) {
        string(metadata, key);
        word(metadata, type, 4);
        entries++;
    }

    private static void string(ByteArrayOutputStream out, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        word(out, bytes.length, 8);
        out.writeBytes(bytes);
    }

    private static void word(ByteArrayOutputStream out, long value, int bytes) {
        out.write(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array(),
                0,
                bytes);
    }
}
