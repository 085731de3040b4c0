package dev.gptoss.engine.weights.gguf;

import dev.gptoss.engine.weights.tensor.ModelFile;
import java.util.HashMap;
import java.util.Map;

/** The metadata entries of a GGUF file: string key, u32 type, value. */
final class MetadataReader {
    /** Key length, type, and a value of one byte. */
    static final int LEAST_ENTRY_BYTES = 8 + 4 + 1;

    private static final int MOST_ENTRIES = 100_000;
    private static final int LONGEST_KEY = 1 << 10;
    /** Longer strings, such as chat templates, are passed over. */
    private static final int LONGEST_TEXT = 1 << 12;
    /** Longer arrays, such as token lists, are passed over; layers are fewer. */
    private static final int LONGEST_ARRAY = 1 << 12;

    private static final int DEEPEST_ARRAY = 8;

    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final GgufInput in;

    private MetadataReader(GgufInput in) {
        this.in = in;
    }

    static GgufMetadata read(ModelFile file, GgufInput in, long entries) {
        if (entries > MOST_ENTRIES) {
            throw in.damaged("declares " + entries + " metadata entries, expected at most " + MOST_ENTRIES);
        }
        var reader = new MetadataReader(in);
        Map<String, Object> values = new HashMap<>();
        for (long i = 0; i < entries; i++) {
            String key = in.string("a metadata key", LONGEST_KEY);
            if (values.put(key, reader.value(in.u32())) != null) {
                throw in.damaged("has the key " + key + " twice");
            }
        }
        return new GgufMetadata(file, values);
    }

    private Object value(long type) {
        return switch ((int) Math.min(type, Integer.MAX_VALUE)) {
            case 0, 2, 4, 10 -> in.integer(size(type));
            case 1 -> (long) (byte) in.integer(1);
            case 3 -> (long) (short) in.integer(2);
            case 5 -> (long) (int) in.integer(4);
            case 6 -> (double) Float.intBitsToFloat((int) in.integer(4));
            case BOOL -> in.integer(1) == 0 ? 0L : 1L;
            case STRING -> text();
            case ARRAY -> array();
            case 11 -> in.integer(8);
            case 12 -> Double.longBitsToDouble(in.integer(8));
            default -> throw unknown(type);
        };
    }

    private Object text() {
        long length = in.count("bytes of a string", 1);
        if (length > LONGEST_TEXT) {
            in.skip(length, "a string");
            return "";
        }
        return in.text((int) length);
    }

    private Object array() {
        long type = in.u32();
        if (type == STRING || type == ARRAY) {
            skipElements(type, in.count("array elements", Long.BYTES), 1);
            return GgufMetadata.PASSED_OVER;
        }
        int bytes = size(type);
        long count = in.count("array elements", bytes);
        if (count > LONGEST_ARRAY || type == 6 || type == 12) {
            in.skip(count * bytes, "an array");
            return GgufMetadata.PASSED_OVER;
        }
        long[] elements = new long[(int) count];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = in.integer(bytes);
        }
        return elements;
    }

    private void skipElements(long type, long count, int depth) {
        if (depth > DEEPEST_ARRAY) {
            throw in.damaged("nests arrays deeper than " + DEEPEST_ARRAY);
        }
        for (long i = 0; i < count; i++) {
            if (type == STRING) {
                in.skipString();
            } else {
                long inner = in.u32();
                if (inner == STRING || inner == ARRAY) {
                    skipElements(inner, in.count("array elements", Long.BYTES), depth + 1);
                } else {
                    int bytes = size(inner);
                    in.skip(in.count("array elements", bytes) * bytes, "an array");
                }
            }
        }
    }

    /** Bytes of a fixed-size value. */
    private int size(long type) {
        return switch ((int) Math.min(type, Integer.MAX_VALUE)) {
            case 0, 1, BOOL -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 10, 11, 12 -> 8;
            default -> throw unknown(type);
        };
    }

    private RuntimeException unknown(long type) {
        return in.damaged("has a value of the unknown type " + type);
    }
}
