package dev.gptoss.engine.compute.cache;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything lies in a file of packed weights. Little-endian: magic u64, version u32, chunks u32, data bytes u64, key
 * u8[32], CRC-32C u32 of each chunk, CRC-32C u32 of all before; from the next multiple of 4,096 on the parts one after the
 * other. A chunk is a part, or as much of it as is checked and read at once.
 */
final class CacheLayout {

    static final long MAGIC = 0x31_73_65_6c_69_74_6f_67L; // "gotiles1"

    /** To be raised when the order of parts or of rows in a part changes; the tiles themselves are part of the key. */
    static final int VERSION = 1;

    static final int KEY_BYTES = 32;
    static final int CHUNK_SUMS = 24 + KEY_BYTES;

    private static final long PAGE = 4096;

    /** Large enough for sequential reads, small enough to share out. */
    private static final long CHUNK = 8 << 20;

    /**
     * A piece of the file.
     *
     * @param memory the bytes
     * @param position its first byte in the file
     */
    record Chunk(MemorySegment memory, long position) {}

    private final List<Chunk> chunks = new ArrayList<>();
    private final long dataBytes;
    private final long dataStart;

    CacheLayout(List<MemorySegment> parts) {
        int count = 0;
        for (MemorySegment part : parts) {
            count += (int) Math.ceilDiv(part.byteSize(), CHUNK);
        }
        dataStart = Math.ceilDiv((long) CHUNK_SUMS + Integer.BYTES * (count + 1L), PAGE) * PAGE;
        long position = dataStart;
        for (MemorySegment part : parts) {
            for (long from = 0; from < part.byteSize(); from += CHUNK) {
                long bytes = Math.min(CHUNK, part.byteSize() - from);
                chunks.add(new Chunk(part.asSlice(from, bytes), position));
                position += bytes;
            }
        }
        dataBytes = position - dataStart;
    }

    List<Chunk> chunks() {
        return chunks;
    }

    long dataBytes() {
        return dataBytes;
    }

    /** Bytes of the header without its padding. */
    int headerBytes() {
        return CHUNK_SUMS + Integer.BYTES * (chunks.size() + 1);
    }

    long fileBytes() {
        return dataStart + dataBytes;
    }
}
