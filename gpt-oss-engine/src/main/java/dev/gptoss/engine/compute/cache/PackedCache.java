package dev.gptoss.engine.compute.cache;

import dev.gptoss.engine.compute.LoadTeam;
import dev.gptoss.engine.weights.Weights;
import dev.gptoss.engine.weights.tensor.ModelFile;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of packed weights, one file for each model and form. Any number of processes may share it: a file appears whole
 * under its name and is never changed after. Whatever is wrong with it costs a warning and the packing, never a result:
 * every byte is checked against a checksum as it is read.
 */
public final class PackedCache {

    private static final Logger LOG = LoggerFactory.getLogger(PackedCache.class);

    /** Small enough that the checksum finds the bytes still in the cache of the core. */
    private static final long STEP = 256 << 10;

    private final Path folder;
    private final Path file;
    private final byte[] key;

    /**
     * @param folder made when it is first written to
     * @param weights what is packed
     * @param form whatever else decides the packed bytes
     */
    public PackedCache(Path folder, Weights weights, byte[] form) {
        key = CacheKey.of(weights, form);
        String model = String.valueOf(Path.of(weights.source()).getFileName()).replaceAll("[^A-Za-z0-9._-]", "-");
        this.folder = folder;
        file = folder.resolve(model + "-" + HexFormat.of().formatHex(key, 0, 8) + ".tiles");
    }

    /**
     * Fills the parts with what was written for the same model and form.
     *
     * @param parts zeroed memory in the order in which it was written
     * @return false if there is no such file or not a whole one; the parts are zero then
     * @throws java.util.concurrent.CancellationException if the load was cancelled
     */
    public boolean read(List<MemorySegment> parts, LoadTeam team) {
        if (!Files.exists(file)) {
            return false;
        }
        String fault;
        try (ModelFile source = ModelFile.open(file)) {
            fault = read(source, new CacheLayout(parts), team);
        } catch (WeightsException e) {
            fault = e.getMessage();
        }
        if (fault != null) {
            LOG.warn("Packed weights {}: {}. The model is packed again.", file, fault);
            parts.forEach(part -> part.fill((byte) 0));
        }
        return fault == null;
    }

    private @Nullable String read(ModelFile source, CacheLayout layout, LoadTeam team) {
        if (source.size() != layout.fileBytes()) {
            return "has " + source.size() + " bytes, expected " + layout.fileBytes();
        }
        ByteBuffer header = ByteBuffer.allocateDirect(layout.headerBytes()).order(ByteOrder.LITTLE_ENDIAN);
        source.read(0, MemorySegment.ofBuffer(header));
        String fault = CacheHeader.fault(header, layout, key);
        if (fault != null) {
            return fault;
        }
        team.run(layout.chunks().size(), layout.dataBytes(), i -> {
            CacheLayout.Chunk chunk = layout.chunks().get(i);
            if (read(source, chunk) != CacheHeader.chunkSum(header, i)) {
                throw new WeightsException("is damaged within 8 MiB from byte " + chunk.position());
            }
            return chunk.memory().byteSize();
        });
        return null;
    }

    private static int read(ModelFile source, CacheLayout.Chunk chunk) {
        var crc = new CRC32C();
        for (long at = 0; at < chunk.memory().byteSize(); at += STEP) {
            MemorySegment step =
                    chunk.memory().asSlice(at, Math.min(STEP, chunk.memory().byteSize() - at));
            source.read(chunk.position() + at, step);
            crc.update(step.asByteBuffer());
        }
        return (int) crc.getValue();
    }

    /**
     * Writes the parts for the next load. What prevents it is a warning: the model is loaded all the same.
     *
     * @throws java.util.concurrent.CancellationException if the load was cancelled
     */
    public void write(List<MemorySegment> parts, LoadTeam team) {
        long start = System.nanoTime();
        try {
            long bytes =
                    CacheWriter.write(folder, String.valueOf(file.getFileName()), key, new CacheLayout(parts), team);
            LOG.info(
                    "Wrote {} bytes of packed weights to {} in {} ms",
                    bytes,
                    file,
                    (System.nanoTime() - start) / 1_000_000);
        } catch (IOException e) {
            LOG.warn("No packed weights are kept for the next load, which has to pack again: {}", e.toString());
        }
    }
}
