package dev.gptoss.engine.weights.tensor;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;

/**
 * One file of a model, read at positions by any number of threads. A file that became shorter since it was opened is a
 * {@link WeightsException}; a mapping would end the process or throw an error instead.
 */
public final class ModelFile implements AutoCloseable {
    /** A single system call moves this much at most, so that an interrupt is seen soon. */
    private static final int MOST_BYTES_A_READ = 16 << 20;

    private final Path path;
    private final long size;
    private volatile FileChannel channel;
    private volatile boolean closed;

    private ModelFile(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.size = channel.size();
    }

    /** Opens {@code path} for reading. */
    public static ModelFile open(Path path) {
        try {
            if (Files.isDirectory(path)) {
                throw new WeightsException(path + " is a folder, expected a file.");
            }
            return new ModelFile(path);
        } catch (NoSuchFileException e) {
            throw new WeightsException(
                    path + " does not exist. Check the path; a download may be incomplete: fetch the file again.", e);
        } catch (AccessDeniedException e) {
            throw new WeightsException(path + " may not be read by this process. Check its permissions.", e);
        } catch (IOException e) {
            throw new WeightsException(path + " cannot be opened: " + e.getMessage() + ".", e);
        }
    }

    public Path path() {
        return path;
    }

    /** The file's name without its folder, as errors give it. */
    public String name() {
        return String.valueOf(path.getFileName());
    }

    /** Bytes of the file when it was opened. */
    public long size() {
        return size;
    }

    /** An error about this file. */
    public WeightsException fault(String what) {
        return new WeightsException(name() + ": " + what);
    }

    /**
     * Fills {@code destination} from {@code position} on.
     *
     * @throws WeightsException if the file ends before, or cannot be read
     * @throws CancellationException if the thread is interrupted; its flag stays set, other readers go on
     * @throws IllegalStateException if this file is closed
     */
    public void read(long position, MemorySegment destination) {
        for (long done = 0; done < destination.byteSize(); ) {
            long now = Math.min(MOST_BYTES_A_READ, destination.byteSize() - done);
            fill(position + done, destination.asSlice(done, now).asByteBuffer());
            done += now;
        }
    }

    /** As {@link #read(long, MemorySegment)}, for headers. */
    void read(long position, byte[] destination, int offset, int length) {
        fill(position, ByteBuffer.wrap(destination, offset, length));
    }

    private void fill(long position, ByteBuffer destination) {
        long at = position;
        while (destination.hasRemaining()) {
            int count = readOnce(destination, at);
            if (count < 0) {
                throw fault("ends at byte " + at + ", expected " + destination.remaining() + " more; it had " + size
                        + " when it was opened. The file was cut or replaced meanwhile: restore it and open the model"
                        + " again.");
            }
            at += count;
        }
    }

    private int readOnce(ByteBuffer destination, long position) {
        while (true) {
            if (closed) {
                throw new IllegalStateException(name() + " is closed.");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("Reading " + name() + " was interrupted.");
            }
            FileChannel current = channel;
            try {
                return current.read(destination, position);
            } catch (ClosedByInterruptException e) {
                reopen(current);
                throw interrupted(e);
            } catch (ClosedChannelException e) {
                // An interrupt of another reader closes the channel for all.
                reopen(current);
            } catch (IOException e) {
                throw new WeightsException(
                        name() + ": cannot be read at byte " + position + ": " + e.getMessage() + ".", e);
            }
        }
    }

    private CancellationException interrupted(ClosedByInterruptException cause) {
        var cancelled = new CancellationException("Reading " + name() + " was interrupted.");
        cancelled.initCause(cause);
        return cancelled;
    }

    private synchronized void reopen(FileChannel broken) {
        if (closed || channel != broken) {
            return;
        }
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new WeightsException(path + " cannot be opened again: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new WeightsException(path + " cannot be closed: " + e.getMessage() + ".", e);
        }
    }
}
