package dev.gptoss.samples.nano;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A folder that holds exactly the files of an archive. It appears whole or not at all: unpacked beside its place, checked
 * by hash, then moved, under a lock that other processes respect. The lock file keeps the times of the checked files, so
 * that later starts hash nothing as long as nobody has written to them.
 */
final class UnpackedModel {

    /** Four files of at most a hundred characters. */
    private static final int MOST_TIMES_BYTES = 1024;

    private final Path folder;
    private final List<ArchiveEntry> entries;
    private final Supplier<InputStream> archive;

    /**
     * @param name of the folder, by which the model is shown; the hash of what it must hold stands above it
     */
    UnpackedModel(Path cache, String name, List<ArchiveEntry> entries, Supplier<InputStream> archive) {
        this.folder = cache.resolve(Sha256.ofText(entries.toString()).substring(0, 16))
                .resolve(name);
        this.entries = List.copyOf(entries);
        this.archive = archive;
    }

    Path path() {
        try {
            Files.createDirectories(parent());
            synchronized (UnpackedModel.class) {
                try (FileChannel channel = FileChannel.open(
                                lockFile(),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE);
                        FileLock lock = lock(channel)) {
                    assert lock.isValid();
                    if (!hasSizes() || !times().equals(read(channel))) {
                        if (!isIntact()) {
                            unpack();
                        }
                        write(channel, times());
                    }
                }
            }
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "Cannot unpack the small model into " + folder + ": " + failure.getMessage()
                            + ". Name a folder that " + "can be written by the system property "
                            + NanoModel.CACHE_PROPERTY + ".",
                    failure);
        }
    }

    private boolean hasSizes() throws IOException {
        for (ArchiveEntry entry : entries) {
            Path file = folder.resolve(entry.name());
            if (!Files.isRegularFile(file) || Files.size(file) != entry.bytes()) {
                return false;
            }
        }
        return true;
    }

    /** When each file was last written. */
    private String times() throws IOException {
        StringBuilder times = new StringBuilder();
        for (ArchiveEntry entry : entries) {
            times.append(entry.name())
                    .append(' ')
                    .append(Files.getLastModifiedTime(folder.resolve(entry.name())))
                    .append('\n');
        }
        return times.toString();
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_TIMES_BYTES);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
            continue;
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private static void write(FileChannel channel, String times) throws IOException {
        channel.truncate(0);
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(times);
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
    }

    private boolean isIntact() throws IOException {
        if (!hasSizes()) {
            return false;
        }
        for (ArchiveEntry entry : entries) {
            if (!Sha256.ofFile(folder.resolve(entry.name())).equals(entry.sha256())) {
                return false;
            }
        }
        return true;
    }

    private void unpack() throws IOException {
        deleteLeftovers();
        Path fresh = Files.createTempDirectory(parent(), folder.getFileName() + ".part-");
        try (InputStream zip = archive.get()) {
            new ArchiveReader(entries).unpack(zip, fresh);
            delete(folder);
            move(fresh);
        } finally {
            delete(fresh);
        }
    }

    private void move(Path fresh) throws IOException {
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unsupported) {
            Files.move(fresh, folder);
        }
    }

    /** What a process that was killed while unpacking has left; nobody else unpacks while we hold the lock. */
    private void deleteLeftovers() throws IOException {
        List<Path> leftovers;
        try (Stream<Path> siblings = Files.list(parent())) {
            leftovers = siblings.filter(
                            sibling -> sibling.getFileName().toString().startsWith(folder.getFileName() + ".part-"))
                    .toList();
        }
        for (Path leftover : leftovers) {
            delete(leftover);
        }
    }

    private Path parent() {
        Path parent = folder.getParent();
        if (parent == null) {
            throw new IllegalStateException("no parent: " + folder);
        }
        return parent;
    }

    private Path lockFile() {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }

    /** Another class loader of this process may hold the lock; then the channel refuses to wait for it. */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException heldHere) {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException interrupt) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while another thread unpacks", interrupt);
                }
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> children;
            try (Stream<Path> list = Files.list(tree)) {
                children = list.toList();
            }
            for (Path child : children) {
                delete(child);
            }
        }
        Files.delete(tree);
    }
}
