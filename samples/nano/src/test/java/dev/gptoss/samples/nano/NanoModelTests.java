package dev.gptoss.samples.nano;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NanoModelTests {

    @TempDir
    Path cache;

    @BeforeEach
    void useAnEmptyCache() {
        System.setProperty(NanoModel.CACHE_PROPERTY, cache.toString());
    }

    @AfterEach
    void useTheUsersCache() {
        System.clearProperty(NanoModel.CACHE_PROPERTY);
    }

    @Test
    void theArchiveHoldsTheModel() {
        Path folder = NanoModel.path();

        assertThat(folder).startsWith(cache.resolve("nano")).isDirectory();
        assertThat(folder.resolve("config.json")).content().contains("GptOssForCausalLM");
        assertThat(folder.resolve("model.safetensors")).hasSize(105_463_160);
    }
}
