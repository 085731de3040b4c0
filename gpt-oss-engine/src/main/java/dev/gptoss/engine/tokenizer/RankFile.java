package dev.gptoss.engine.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Reads the rank file of tiktoken: one token per line, base64 of its bytes, a space, its rank in decimal, a line feed;
 * ranks from 0 without gaps and in order.
 */
final class RankFile {

    private static final String RESOURCE = "o200k_base.tiktoken.gz";
    private static final int TEXT_SIZE = 3_613_922; // bytes of the uncompressed file
    private static final byte[] SIXTETS = sixtets();

    private final byte[] text;
    private final int size;
    private int at;

    private RankFile(byte[] text, int size) {
        this.text = text;
        this.size = size;
    }

    /** The table of o200k_base, from this library's own copy. */
    static RankTable o200kBase() {
        byte[] text = new byte[TEXT_SIZE + 1];
        int size;
        try (InputStream file = RankFile.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException(
                        RESOURCE + " is missing beside " + RankFile.class + "; the engine's jar is incomplete");
            }
            try (InputStream unpacked = new GZIPInputStream(file, 1 << 16)) {
                size = unpacked.readNBytes(text, 0, text.length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read; the engine's jar is damaged", e);
        }
        RankTable table = new RankFile(text, size).table();
        if (size != TEXT_SIZE || table.size() != SpecialTokens.FIRST) {
            throw new IllegalStateException(RESOURCE + " has " + table.size() + " tokens in " + size
                    + " bytes, expected " + SpecialTokens.FIRST + " in " + TEXT_SIZE + "; the engine's jar is damaged");
        }
        return table;
    }

    private RankTable table() {
        byte[] bytes = new byte[size]; // base64 is longer than what it stands for
        int[] offsets = new int[SpecialTokens.FIRST + 1];
        int count = 0;
        while (at < size && count < SpecialTokens.FIRST) {
            offsets[count + 1] = base64(bytes, offsets[count]);
            int rank = decimal();
            if (rank != count) {
                throw new IllegalStateException(RESOURCE + " line " + (count + 1) + " has rank " + rank);
            }
            count++;
        }
        int end = offsets[count];
        return new RankTable(Arrays.copyOf(bytes, end + RankTable.PADDING), Arrays.copyOf(offsets, count + 1));
    }

    /** Decodes up to the space and moves behind it. */
    private int base64(byte[] into, int start) {
        int out = start;
        int bits = 0;
        int held = 0;
        while (at < size && text[at] != ' ') {
            int sixtet = SIXTETS[text[at++] & 0x7F];
            if (sixtet >= 0) { // padding ends the bits without adding any
                bits = bits << 6 | sixtet;
                held += 6;
                if (held >= 8) {
                    held -= 8;
                    into[out++] = (byte) (bits >> held);
                }
            }
        }
        at++;
        return out;
    }

    private int decimal() {
        int value = 0;
        while (at < size && text[at] != '\n') {
            value = 10 * value + text[at++] - '0';
        }
        at++;
        return value;
    }

    private static byte[] sixtets() {
        byte[] sixtets = new byte[128];
        Arrays.fill(sixtets, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            sixtets[alphabet.charAt(i)] = (byte) i;
        }
        return sixtets;
    }
}
