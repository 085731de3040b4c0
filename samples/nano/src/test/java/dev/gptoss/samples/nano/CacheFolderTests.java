package dev.gptoss.samples.nano;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTests {

    @TempDir
    Path folder;

    @Test
    void thePropertyWins() {
        assertThat(CacheFolder.locate(folder.toString(), Map.of("XDG_CACHE_HOME", "/elsewhere"), "home"))
                .isEqualTo(folder);
    }

    @Test
    void theCacheFolderOfTheUserComesNext() {
        assertThat(CacheFolder.locate(null, Map.of("XDG_CACHE_HOME", folder.toString()), "home"))
                .isEqualTo(folder.resolve("gpt-oss"));
    }

    @Test
    void aRelativeCacheFolderIsIgnored() {
        assertThat(CacheFolder.locate(null, Map.of("XDG_CACHE_HOME", "relative"), folder.toString()))
                .isEqualTo(folder.resolve(".cache").resolve("gpt-oss"));
    }
}
