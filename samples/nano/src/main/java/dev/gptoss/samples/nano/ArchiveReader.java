package dev.gptoss.samples.nano;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Unpacks a zip of known files: no other name, no other size and no other content is ever accepted. */
final class ArchiveReader {

    private final Map<String, ArchiveEntry> missing = new HashMap<>();

    ArchiveReader(List<ArchiveEntry> entries) {
        entries.forEach(entry -> missing.put(entry.name(), entry));
    }

    void unpack(InputStream archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(archive)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                ArchiveEntry expected = missing.remove(entry.getName());
                if (expected == null) {
                    throw new IOException("the archive holds " + entry.getName() + ", which does not belong there");
                }
                copy(zip, expected, folder.resolve(expected.name()));
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("the archive lacks " + String.join(", ", missing.keySet()));
        }
    }

    private static void copy(InputStream content, ArchiveEntry expected, Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        long written = 0;
        try (OutputStream output = Files.newOutputStream(file)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                written += read;
                if (written > expected.bytes()) {
                    throw new IOException(expected.name() + " must have " + expected.bytes() + " bytes, has more");
                }
                digest.update(buffer, 0, read);
                output.write(buffer, 0, read);
            }
        }
        String hash = Sha256.hex(digest);
        if (written != expected.bytes() || !hash.equals(expected.sha256())) {
            throw new IOException(expected.name() + " must have " + expected.bytes() + " bytes and SHA-256 "
                    + expected.sha256() + ", has " + written + " and " + hash);
        }
    }
}
