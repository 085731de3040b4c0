package dev.gptoss.spring.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ResourceUtils;

/** Models by path, and by resource location where the resource is a file. */
final class FileModelLocator implements ModelLocator {

    private final ResourceLoader resources;

    FileModelLocator(ResourceLoader resources) {
        this.resources = resources;
    }

    @Override
    public Attempt locate(String name) {
        try {
            Path path = name.startsWith(ResourceUtils.CLASSPATH_URL_PREFIX)
                            || name.startsWith(ResourceUtils.FILE_URL_PREFIX)
                    ? resources.getResource(name).getFile().toPath()
                    : Path.of(name.startsWith("~/") ? System.getProperty("user.home") + name.substring(1) : name);
            return Files.exists(path) ? Attempt.found(path) : Attempt.missed("the path " + path.toAbsolutePath());
        } catch (InvalidPathException e) {
            return Attempt.missed();
        } catch (IOException e) {
            return Attempt.missed("the resource " + name + " (must be a file on disk, not inside a jar)");
        }
    }
}
