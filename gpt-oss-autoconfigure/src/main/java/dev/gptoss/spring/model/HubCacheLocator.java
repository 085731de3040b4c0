package dev.gptoss.spring.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Models by their name on Hugging Face, as other tools left them in the cache on disk. */
final class HubCacheLocator implements ModelLocator {

    private static final Pattern NAME = Pattern.compile("[\\w.-]+/[\\w.-]+");

    private final Path cache;

    HubCacheLocator(Map<String, String> environment) {
        this.cache = cache(environment);
    }

    @Override
    public Attempt locate(String name) {
        if (!NAME.matcher(name).matches()) {
            return Attempt.missed();
        }
        Path repository = cache.resolve("models--" + name.replace("/", "--"));
        try {
            String revision =
                    Files.readString(repository.resolve("refs").resolve("main")).strip();
            Path snapshot = repository.resolve("snapshots").resolve(revision);
            return Files.isDirectory(snapshot) ? Attempt.found(snapshot) : missed(repository);
        } catch (IOException e) {
            return missed(repository);
        }
    }

    private static Attempt missed(Path repository) {
        return Attempt.missed("the Hugging Face cache " + repository);
    }

    private static Path cache(Map<String, String> environment) {
        String hub = environment.get("HF_HUB_CACHE");
        if (hub != null && !hub.isBlank()) {
            return Path.of(hub);
        }
        String home = environment.get("HF_HOME");
        if (home != null && !home.isBlank()) {
            return Path.of(home, "hub");
        }
        String caches = environment.get("XDG_CACHE_HOME");
        Path base = caches != null && !caches.isBlank()
                ? Path.of(caches)
                : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("huggingface").resolve("hub");
    }
}
