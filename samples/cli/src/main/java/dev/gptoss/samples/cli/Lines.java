package dev.gptoss.samples.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The lines of an input as bytes, ended by a line feed with or without a carriage return before it. */
final class Lines implements Iterator<byte[]> {

    private static final int LONGEST = 1 << 30;

    private static final int NOT_READ = -2;
    private static final int END = -1;

    private final InputStream input;
    private int ahead = NOT_READ;

    Lines(InputStream input) {
        this.input = new BufferedInputStream(input, 1 << 16);
    }

    @Override
    public boolean hasNext() {
        if (ahead == NOT_READ) {
            ahead = read();
        }
        return ahead != END;
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int read = ahead;
        for (; read != END && read != '\n'; read = read()) {
            if (line.size() == LONGEST) {
                throw new CommandException("a line is longer than " + LONGEST + " bytes");
            }
            line.write(read);
        }
        // Reading ahead only when asked lets a process at the other end of a pipe wait for each answer.
        ahead = read == END ? END : NOT_READ;
        byte[] bytes = line.toByteArray();
        boolean endsWithReturn = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return endsWithReturn ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    /**
     * A line as text.
     *
     * @throws CommandException if the bytes are not UTF-8
     */
    static String text(byte[] line) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException illFormed) {
            throw new CommandException("the line is not UTF-8");
        }
    }

    private int read() {
        try {
            return input.read();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read the input: " + failure.getMessage(), failure);
        }
    }
}
