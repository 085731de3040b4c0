package dev.gptoss.engine.weights;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The small model of the test resources, in each layout. */
public final class TinyModel {
    private TinyModel() {}

    public static Path huggingFace() {
        return resource("/tiny/");
    }

    public static Path original() {
        return resource("/tiny/original");
    }

    public static Path mxfp4Gguf() {
        return resource("/tiny/tiny-mxfp4.gguf");
    }

    /** Other numbers than the rest: every block type once. */
    public static Path mixedGguf() {
        return resource("/tiny/tiny-mixed.gguf");
    }

    /** Expected logits, trace and decoded values. */
    public static JsonNode expected() {
        return new JsonMapper().readTree(resource("/tiny/tiny_model.json").toFile());
    }

    /** Expected logits far beyond the original context. */
    public static JsonNode expectedFar() {
        return new JsonMapper().readTree(resource("/tiny/far_positions.json").toFile());
    }

    /** A copy that a test may damage: {@code folder} gets the files of {@code source}. */
    static Path copy(Path source, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return folder;
    }

    private static Path resource(String name) {
        try {
            URI uri = Objects.requireNonNull(TinyModel.class.getResource(name), name)
                    .toURI();
            return Path.of(uri);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
