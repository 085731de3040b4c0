package dev.gptoss.samples.nano;

/**
 * A file that the archive must hold.
 *
 * @param name plain file name
 * @param bytes unpacked size
 * @param sha256 of the unpacked bytes, lower-case hexadecimal
 */
record ArchiveEntry(String name, long bytes, String sha256) {

    ArchiveEntry {
        if (name.isEmpty() || name.startsWith(".") || name.contains("/") || name.contains("\\")) {
            throw new IllegalArgumentException("an entry must have a plain file name, has " + name);
        }
    }
}
