package dev.gptoss.spring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.DefaultResourceLoader;

class ModelLocatorsTests {

    private final ModelLocators locators = new ModelLocators(
            List.of(name -> name.equals("mine")
                    ? ModelLocator.Attempt.found(Path.of("own"))
                    : ModelLocator.Attempt.missed("the models of the application")),
            new DefaultResourceLoader());

    @Test
    void nameOfTheApplicationComesFirst() {
        assertThat(locators.locate("mine")).isEqualTo(Path.of("own"));
    }

    @Test
    void pathAndFileLocationAreFound(@TempDir Path folder) {
        assertThat(locators.locate(folder.toString())).isEqualTo(folder);
        assertThat(locators.locate(folder.toUri().toString())).isEqualTo(folder);
    }

    @Test
    void classpathLocationIsFoundWhereItIsAFile() {
        assertThat(locators.locate("classpath:dev/gptoss/spring/model")).isDirectory();
    }

    @Test
    void hubNameIsFoundInTheCache(@TempDir Path folder) throws IOException {
        Path cache = folder.resolve("huggingface/hub");
        Path repository = cache.resolve("models--openai--gpt-oss-20b");
        Path snapshot = Files.createDirectories(repository.resolve("snapshots/abc"));
        Files.createDirectories(repository.resolve("refs"));
        Files.writeString(repository.resolve("refs/main"), "abc\n");

        assertThat(List.of(
                        Map.of("HF_HUB_CACHE", cache.toString()),
                        Map.of("HF_HOME", folder.resolve("huggingface").toString()),
                        Map.of("XDG_CACHE_HOME", folder.toString())))
                .allSatisfy(environment -> assertThat(new HubCacheLocator(environment).locate("openai/gpt-oss-20b"))
                        .isEqualTo(ModelLocator.Attempt.found(snapshot)));
    }

    @Test
    void everyPlaceThatWasLookedAtIsNamed() {
        ModelNotFoundException error =
                catchThrowableOfType(ModelNotFoundException.class, () -> locators.locate("nobody/nothing"));

        assertThat(error.model()).isEqualTo("nobody/nothing");
        assertThat(error.lookedAt())
                .satisfiesExactly(
                        place -> assertThat(place).isEqualTo("the models of the application"),
                        place -> assertThat(place).startsWith("the path ").endsWith("nothing"),
                        place -> assertThat(place).startsWith("the Hugging Face cache "));
    }
}
