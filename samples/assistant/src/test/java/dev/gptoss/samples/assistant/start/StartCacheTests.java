package dev.gptoss.samples.assistant.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class StartCacheTests {

    @TempDir
    private Path folder;

    @Test
    void cacheIsThatOfTheJarAsItWas() throws Exception {
        Path jar = Files.writeString(folder.resolve("app.jar"), "one");
        StartCache cache = StartCache.beside(jar);
        assertThat(cache.isCurrent()).isFalse();

        prepare(cache, "exit 0");
        assertThat(cache.isCurrent()).isTrue();

        Files.move(jar, folder.resolve("moved.jar"));
        Files.copy(folder.resolve("moved.jar"), jar);
        assertThat(cache.isCurrent()).isFalse();
    }

    @Test
    void failedTrainingLeavesNoCache() throws Exception {
        StartCache cache = StartCache.beside(Files.writeString(folder.resolve("app.jar"), "one"));
        prepare(cache, "exit 0");

        assertThatThrownBy(() -> prepare(cache, "echo no memory; exit 3"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no memory");
        assertThat(cache.isCurrent()).isFalse();
    }

    /** A script in the place of the JVM. */
    private void prepare(StartCache cache, String script) throws Exception {
        Path java = Files.writeString(folder.resolve("java"), "#!/bin/sh\n" + script + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.createDirectories(cache.folder());
        cache.prepare(java);
    }
}
