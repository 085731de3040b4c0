package dev.gptoss.engine.weights.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds the header of a safetensors file; tensors lie in the order in which they are added, without gaps. */
public final class SafetensorsHeaderWriter {
    private static final int ALIGNMENT = 8;

    private final JsonMapper mapper = new JsonMapper();
    private final ObjectNode root = mapper.createObjectNode();
    private final List<Long> offsets = new ArrayList<>();
    private long end;

    public SafetensorsHeaderWriter() {
        root.putObject("__metadata__").put("format", "pt");
    }

    /** Places the next tensor behind the one before; {@code dtype} is F32, F16, BF16 or U8. */
    public SafetensorsHeaderWriter tensor(String name, String dtype, List<Long> shape) {
        ObjectNode entry = root.putObject(name);
        entry.put("dtype", dtype);
        ArrayNode extents = entry.putArray("shape");
        shape.forEach(extents::add);
        long size = Dtype.valueOf(dtype).bytes();
        for (long extent : shape) {
            size = Math.multiplyExact(size, extent);
        }
        entry.putArray("data_offsets").add(end).add(end + size);
        offsets.add(end);
        end += size;
        return this;
    }

    /** The file's bytes before its data: length, JSON, trailing spaces. */
    public byte[] header() {
        byte[] json = mapper.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        int length = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(length).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.array();
    }

    /** Where each tensor begins, counted from the end of the header. */
    public List<Long> offsets() {
        return List.copyOf(offsets);
    }

    /** Bytes of all tensors. */
    public long dataBytes() {
        return end;
    }
}
