package dev.gptoss.samples.nano;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The small demonstration model: 6 layers, the real architecture and the full vocabulary. It chats a little, calls
 * functions and fills records; it knows almost nothing and says so.
 *
 * <p>The folder (about 105 MB, Hugging Face layout) is unpacked once, below the system property {@value
 * #CACHE_PROPERTY} if set, else below {@code $XDG_CACHE_HOME/gpt-oss} or {@code ~/.cache/gpt-oss}.
 */
public final class NanoModel {

    /** System property that names the folder below which the model is unpacked. */
    public static final String CACHE_PROPERTY = "gptoss.nano.cache";

    private static final List<ArchiveEntry> ENTRIES = List.of(
            new ArchiveEntry("config.json", 1337, "f63c1cb2fe3fee10cc59f6e5d87e0c85db448d7cfecbb58e6a2f833ad3dded90"),
            new ArchiveEntry(
                    "generation_config.json", 136, "4f2252e2bed81b158f51951ae13068f62d1d70869a5b1a7df53865cb815b7d46"),
            new ArchiveEntry(
                    "model.safetensors",
                    105_463_160,
                    "8f597038c2017b7344292a47fa53349c84439d272b6627f523a0040cf78548d1"),
            new ArchiveEntry(
                    "model.safetensors.index.json",
                    7927,
                    "928b6f5361ca5d41066e3583c4080413b82ededa7e08ccdd3e72ad1425a6eb91"));

    private static final Supplier<InputStream> ARCHIVE = () -> {
        InputStream zip = NanoModel.class.getResourceAsStream("gpt-oss-nano.zip");
        if (zip == null) {
            throw new IllegalStateException("gpt-oss-nano.zip is missing from the jar of gpt-oss-sample-nano");
        }
        return zip;
    };

    private NanoModel() {}

    /**
     * The folder of the model, unpacked if it is not yet there and repaired if it is damaged.
     *
     * @throws java.io.UncheckedIOException if the folder cannot be written
     */
    public static Path path() {
        return new UnpackedModel(CacheFolder.locate().resolve("nano"), "gpt-oss-nano", ENTRIES, ARCHIVE).path();
    }
}
