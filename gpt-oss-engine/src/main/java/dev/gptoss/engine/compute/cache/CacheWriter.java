package dev.gptoss.engine.compute.cache;

import dev.gptoss.engine.compute.LoadTeam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CancellationException;

/** Writes packed weights beside their place and moves them there when they are on the disk. */
final class CacheWriter {

    /** A temporary file that nobody has written to for so long is of a process that ended before it had finished. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private CacheWriter() {}

    /**
     * Returns the bytes of the file.
     *
     * @throws IOException naming the folder, what is missing and the way out
     * @throws CancellationException if the load was cancelled
     */
    static long write(Path folder, String name, byte[] key, CacheLayout layout, LoadTeam team) throws IOException {
        Files.createDirectories(folder);
        removeAbandoned(folder, name);
        requireSpace(folder, layout.fileBytes());
        Path temporary = folder.resolve(name + "." + UUID.randomUUID() + ".tmp");
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                write(channel, key, layout, team);
                channel.force(true);
            }
            Files.move(
                    temporary,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return layout.fileBytes();
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw (CancellationException) new CancellationException("loading was cancelled").initCause(e);
            }
            throw e;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void write(FileChannel channel, byte[] key, CacheLayout layout, LoadTeam team) throws IOException {
        int[] sums = new int[layout.chunks().size()];
        try {
            team.run(sums.length, layout.dataBytes(), i -> {
                CacheLayout.Chunk chunk = layout.chunks().get(i);
                sums[i] = CacheHeader.sum(chunk.memory().asByteBuffer());
                return write(channel, chunk);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        write(channel, CacheHeader.encode(layout, key, sums), 0);
    }

    private static long write(FileChannel channel, CacheLayout.Chunk chunk) {
        try {
            write(channel, chunk.memory().asByteBuffer(), chunk.position());
            return chunk.memory().byteSize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private static void requireSpace(Path folder, long bytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw new IOException(
                    folder + " has " + free + " bytes free, " + bytes + " are needed. Make room there, for"
                            + " example by removing packed weights of models no longer used, or choose another folder.");
        }
    }

    private static void removeAbandoned(Path folder, String name) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, name + ".*.tmp")) {
            for (Path temporary : left) {
                if (Files.getLastModifiedTime(temporary)
                        .toInstant()
                        .isBefore(Instant.now().minus(ABANDONED))) {
                    Files.deleteIfExists(temporary);
                }
            }
        }
    }
}
