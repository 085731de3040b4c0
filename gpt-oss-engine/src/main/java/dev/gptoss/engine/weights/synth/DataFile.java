package dev.gptoss.engine.weights.synth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file to be written: a header, and tensors behind it.
 *
 * @param dataBytes of all tensors, those that stay holes included
 */
record DataFile(Path path, byte[] header, List<Tensor> tensors, long dataBytes) {
    private static final long CHUNK = 4 << 20;

    /** @param offset from the end of the header */
    record Tensor(long offset, long rows, long rowBytes, RowFiller filler) {}

    private record Chunk(Tensor tensor, long firstRow, int rows) {}

    void write(int threads) throws IOException {
        List<Chunk> chunks = chunks();
        try (var channel = FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SPARSE);
                var workers = Executors.newFixedThreadPool(threads)) {
            writeFully(channel, ByteBuffer.wrap(header), 0);
            if (dataBytes > 0) {
                // The last byte gives the file its length where the end is a hole or padding.
                writeFully(channel, ByteBuffer.allocate(1), header.length + dataBytes - 1);
            }
            var next = new AtomicInteger();
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < threads; i++) {
                running.add(workers.submit(() -> work(channel, chunks, next)));
            }
            for (Future<?> worker : running) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("Writing " + path + " failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Writing " + path + " was interrupted.", e);
        }
    }

    private List<Chunk> chunks() {
        var chunks = new ArrayList<Chunk>();
        for (Tensor tensor : tensors) {
            int rows = (int) Math.clamp(CHUNK / tensor.rowBytes(), 1, Math.max(1, tensor.rows()));
            for (long first = 0; first < tensor.rows(); first += rows) {
                chunks.add(new Chunk(tensor, first, (int) Math.min(rows, tensor.rows() - first)));
            }
        }
        return chunks;
    }

    private void work(FileChannel channel, List<Chunk> chunks, AtomicInteger next) {
        long largest = chunks.stream()
                .mapToLong(c -> c.rows() * c.tensor().rowBytes())
                .max()
                .orElse(0);
        try (var arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(largest, 64);
            for (int i = next.getAndIncrement(); i < chunks.size(); i = next.getAndIncrement()) {
                Chunk chunk = chunks.get(i);
                Tensor tensor = chunk.tensor();
                MemorySegment rows = buffer.asSlice(0, chunk.rows() * tensor.rowBytes());
                tensor.filler().fill(chunk.firstRow(), chunk.rows(), rows);
                long position = header.length + tensor.offset() + chunk.firstRow() * tensor.rowBytes();
                writeFully(channel, rows.asByteBuffer(), position);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}
