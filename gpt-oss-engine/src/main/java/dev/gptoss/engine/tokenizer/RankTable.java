package dev.gptoss.engine.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Byte strings by id and ids by byte string. All bytes lie in one array, in order of id; two open-addressing tables
 * find ids: strings of up to 7 bytes by a key that is the string itself, longer ones by hash.
 */
final class RankTable {

    /** Answer for byte strings that are no token. */
    static final int NONE = Integer.MAX_VALUE;

    /** Bytes that must be readable behind every byte string that is looked up. */
    static final int PADDING = 8;

    /** Bytes of the longest token of o200k_base. */
    static final int LONGEST = 128;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SHORT = 7;
    private static final int EMPTY = -1;
    private static final int SLOT_BITS = 18; // 262,144 slots for 100,000 tokens in each of the two tables
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final byte[] bytes;
    private final int[] offsets; // (tokens + 1)
    private final long[] shortKeys = new long[SLOTS];
    private final int[] shortIds = new int[SLOTS];
    private final int[] longIds = new int[SLOTS];

    /**
     * @param bytes the byte strings one after the other, with {@link #PADDING} more bytes behind them
     * @param offsets where each id's string starts, and where the last ends
     */
    RankTable(byte[] bytes, int[] offsets) {
        this.bytes = bytes;
        this.offsets = offsets;
        Arrays.fill(longIds, EMPTY);
        for (int id = 0; id < size(); id++) {
            insert(id);
        }
    }

    int size() {
        return offsets.length - 1;
    }

    int length(int id) {
        return offsets[id + 1] - offsets[id];
    }

    void copy(int id, byte[] into, int at) {
        System.arraycopy(bytes, offsets[id], into, at, length(id));
    }

    /** The id of a byte string, or {@link #NONE}. At least {@link #PADDING} bytes follow it in the array. */
    int find(byte[] text, int from, int to) {
        int length = to - from;
        if (length <= SHORT) {
            long key = shortKey(text, from, length);
            for (int slot = slot(key); ; slot = slot + 1 & SLOTS - 1) {
                if (shortKeys[slot] == key) {
                    return shortIds[slot];
                }
                if (shortKeys[slot] == 0) {
                    return NONE;
                }
            }
        }
        if (length > LONGEST) {
            return NONE;
        }
        for (int slot = slot(hash(text, from, length)); ; slot = slot + 1 & SLOTS - 1) {
            int id = longIds[slot];
            if (id == EMPTY) {
                return NONE;
            }
            if (Arrays.equals(bytes, offsets[id], offsets[id + 1], text, from, to)) {
                return id;
            }
        }
    }

    private void insert(int id) {
        int length = length(id);
        if (length <= SHORT) {
            long key = shortKey(bytes, offsets[id], length);
            int slot = slot(key);
            while (shortKeys[slot] != 0) {
                slot = slot + 1 & SLOTS - 1;
            }
            shortKeys[slot] = key;
            shortIds[slot] = id;
        } else {
            int slot = slot(hash(bytes, offsets[id], length));
            while (longIds[slot] != EMPTY) {
                slot = slot + 1 & SLOTS - 1;
            }
            longIds[slot] = id;
        }
    }

    /** The bytes, and the length in the highest one: never 0, as no token is empty. */
    private static long shortKey(byte[] text, int from, int length) {
        long word = (long) LONGS.get(text, from);
        return word & (1L << 8 * length) - 1 | (long) length << 56;
    }

    private static long hash(byte[] text, int from, int length) {
        long hash = length;
        int at = from;
        for (int left = length; left >= 8; left -= 8) {
            hash = Long.rotateLeft(hash, 5) * MIX ^ (long) LONGS.get(text, at);
            at += 8;
        }
        long rest = (long) LONGS.get(text, at) & (1L << 8 * (length & 7)) - 1;
        return Long.rotateLeft(hash, 5) * MIX ^ rest;
    }

    private static int slot(long key) {
        long mixed = key * MIX;
        return (int) ((mixed ^ mixed >>> 29) * MIX >>> 64 - SLOT_BITS);
    }
}
