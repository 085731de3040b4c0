package dev.gptoss.engine.weights.gguf;

import dev.gptoss.engine.weights.tensor.HeaderInput;
import dev.gptoss.engine.weights.tensor.ModelFile;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.nio.charset.StandardCharsets;

/** The header of a GGUF file, number by number. Nothing is read or allocated before the file is known to be long enough. */
final class GgufInput {
    /** The token and merge lists of the published files take 10 to 17 MB. */
    private static final long LONGEST_HEADER = 1 << 30;

    private final ModelFile file;
    private final HeaderInput in;
    private final byte[] word = new byte[Long.BYTES];

    GgufInput(ModelFile file) {
        this.file = file;
        this.in = new HeaderInput(file, 0, Math.min(file.size(), LONGEST_HEADER));
    }

    long position() {
        return in.position();
    }

    long u32() {
        return integer(4);
    }

    /** An unsigned 64-bit number; those above the signed range come out negative. */
    long u64() {
        return integer(8);
    }

    /** The next {@code bytes} bytes as an unsigned little-endian number. */
    long integer(int bytes) {
        require(bytes, "a number");
        long value = 0;
        fill(word, bytes);
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | word[i] & 0xFF;
        }
        return value;
    }

    /** A count of things of at least {@code leastBytes} bytes each. */
    long count(String what, int leastBytes) {
        long count = u64();
        if (count < 0 || count > in.remaining() / leastBytes) {
            throw damaged("declares " + Long.toUnsignedString(count) + " " + what + ", only " + in.remaining()
                    + " bytes are left");
        }
        return count;
    }

    /** A string of at most {@code most} bytes. */
    String string(String what, int most) {
        long length = count("bytes of " + what, 1);
        if (length > most) {
            throw damaged("has " + what + " of " + length + " bytes, expected at most " + most);
        }
        return text((int) length);
    }

    /** The next {@code length} bytes, which are there, as UTF-8. */
    String text(int length) {
        byte[] bytes = new byte[length];
        fill(bytes, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    void skipString() {
        skip(count("bytes of a string", 1), "a string");
    }

    void skip(long bytes, String what) {
        require(bytes, what);
        in.skip(bytes);
    }

    private void fill(byte[] destination, int length) {
        int filled = in.readNBytes(destination, 0, length);
        assert filled == length;
    }

    private void require(long bytes, String what) {
        if (bytes > in.remaining()) {
            throw damaged("ends inside " + what);
        }
    }

    WeightsException damaged(String what) {
        return file.fault("the GGUF header " + what + " (at byte " + position()
                + "). The file is cut or damaged: fetch it again.");
    }
}
