package dev.gptoss.engine.compute.cache;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Writes and judges the header of {@link CacheLayout}. */
final class CacheHeader {

    private CacheHeader() {}

    static ByteBuffer encode(CacheLayout layout, byte[] key, int[] sums) {
        ByteBuffer header = ByteBuffer.allocate(layout.headerBytes()).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(CacheLayout.MAGIC).putInt(CacheLayout.VERSION).putInt(sums.length);
        header.putLong(layout.dataBytes()).put(key);
        for (int sum : sums) {
            header.putInt(sum);
        }
        return header.putInt(sum(header.duplicate().flip())).flip();
    }

    /** What is wrong with a header of {@link CacheLayout#headerBytes()}, or null if it is that of {@code key}. */
    static @Nullable String fault(ByteBuffer header, CacheLayout layout, byte[] key) {
        int end = layout.headerBytes() - Integer.BYTES;
        if (header.getLong(0) != CacheLayout.MAGIC) {
            return "is no file of packed weights";
        }
        if (header.getInt(8) != CacheLayout.VERSION) {
            return "has version " + header.getInt(8) + ", expected " + CacheLayout.VERSION;
        }
        if (header.getInt(12) != layout.chunks().size() || header.getLong(16) != layout.dataBytes()) {
            return "has " + header.getInt(12) + " chunks of together " + header.getLong(16) + " bytes, expected "
                    + layout.chunks().size() + " of " + layout.dataBytes();
        }
        if (sum(header.slice(0, end)) != header.getInt(end)) {
            return "has a damaged header";
        }
        byte[] found = new byte[CacheLayout.KEY_BYTES];
        header.get(24, found);
        return Arrays.equals(found, key) ? null : "is of another model";
    }

    /** The CRC-32C that chunk {@code i} must have. */
    static int chunkSum(ByteBuffer header, int i) {
        return header.getInt(CacheLayout.CHUNK_SUMS + Integer.BYTES * i);
    }

    static int sum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
