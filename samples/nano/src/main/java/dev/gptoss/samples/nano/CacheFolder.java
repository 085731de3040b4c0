package dev.gptoss.samples.nano;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where unpacked files are kept between runs. */
final class CacheFolder {

    private CacheFolder() {}

    static Path locate() {
        return locate(System.getProperty(NanoModel.CACHE_PROPERTY), System.getenv(), System.getProperty("user.home"));
    }

    static Path locate(@Nullable String property, Map<String, String> environment, String home) {
        if (property != null && !property.isBlank()) {
            return Path.of(property).toAbsolutePath();
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The XDG specification has relative values ignored.
        Path base = !xdg.isBlank() && Path.of(xdg).isAbsolute() ? Path.of(xdg) : Path.of(home, ".cache");
        return base.resolve("gpt-oss");
    }
}
