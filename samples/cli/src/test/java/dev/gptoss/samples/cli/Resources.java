package dev.gptoss.samples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Files the tests read. */
final class Resources {

    private Resources() {}

    static Path path(String name) {
        URL url = Resources.class.getResource("/" + name);
        if (url == null) {
            throw new IllegalStateException("no test resource " + name);
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static JsonNode json(String name) {
        try {
            return Json.read(Files.readString(path(name)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
