package dev.gptoss.samples.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The three standard streams, UTF-8 whatever the locale says.
 *
 * @param in what the command reads
 * @param out results alone
 * @param err progress, warnings and failures
 */
record Console(InputStream in, OutputStream out, PrintStream err) {

    static Console ofProcess() {
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }

    /** Writes a line of results at once, so that a process at the other end of the pipe can answer to it. */
    void line(String text) {
        print(text + "\n");
    }

    /**
     * Writes results at once.
     *
     * @throws UncheckedIOException if nobody reads any more
     */
    void print(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot write the result: " + failure.getMessage(), failure);
        }
    }

    void note(String text) {
        err.println(text);
    }
}
