package dev.gptoss.engine.weights.tensor;

import java.io.InputStream;
import java.util.Objects;

/** The bytes of a file from one position to another, buffered; the file is never read past {@code end}. */
public final class HeaderInput extends InputStream {
    private static final int BUFFER = 1 << 16;

    private final ModelFile file;
    private final long end;
    private final byte[] buffer = new byte[BUFFER];
    private long bufferStart;
    private int at;
    private int filled;

    public HeaderInput(ModelFile file, long start, long end) {
        assert start <= end && end <= file.size();
        this.file = file;
        this.bufferStart = start;
        this.end = end;
    }

    /** The file's byte that comes next. */
    public long position() {
        return bufferStart + at;
    }

    /** Bytes left before the end. */
    public long remaining() {
        return end - position();
    }

    /** Passes over {@code count} bytes, at most {@link #remaining()}. */
    @Override
    public long skip(long count) {
        long skipped = Math.clamp(count, 0, remaining());
        if (skipped <= filled - at) {
            at += (int) skipped;
        } else {
            bufferStart = position() + skipped;
            at = 0;
            filled = 0;
        }
        return skipped;
    }

    @Override
    public int read() {
        return refill() ? buffer[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] destination, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, destination.length);
        if (length == 0) {
            return 0;
        }
        if (!refill()) {
            return -1;
        }
        int count = Math.min(length, filled - at);
        System.arraycopy(buffer, at, destination, offset, count);
        at += count;
        return count;
    }

    @Override
    public int readNBytes(byte[] destination, int offset, int length) {
        int done = 0;
        while (done < length) {
            int count = read(destination, offset + done, length - done);
            if (count < 0) {
                return done;
            }
            done += count;
        }
        return done;
    }

    private boolean refill() {
        if (at < filled) {
            return true;
        }
        bufferStart += at;
        at = 0;
        filled = (int) Math.min(BUFFER, end - bufferStart);
        if (filled > 0) {
            file.read(bufferStart, buffer, 0, filled);
        }
        return filled > 0;
    }
}
