package dev.gptoss.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.gptoss.spring.autoconfigure.diagnostics.IncompatibleVersionException;
import dev.gptoss.spring.autoconfigure.diagnostics.VectorModuleMissingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartChecksTests {

    private final GptOssProperties properties = new GptOssProperties();

    @Test
    void missingVectorModuleIsOneWarningWithTheFlag(CapturedOutput output) {
        VectorModule.check(properties, false);

        assertThat(output).containsOnlyOnce("WARN").contains("--add-modules=jdk.incubator.vector");
    }

    @Test
    void presentVectorModuleIsNoWord(CapturedOutput output) {
        VectorModule.check(properties, true);

        assertThat(output).doesNotContain("jdk.incubator.vector");
    }

    @Test
    void nobodyIsWarnedWhoAskedForAnotherBackend(CapturedOutput output) {
        properties.setBackend("scalar");

        VectorModule.check(properties, false);

        assertThat(output).doesNotContain("jdk.incubator.vector");
    }

    @Test
    void requiredVectorModuleKeepsTheApplicationFromStarting() {
        properties.setRequireVector(true);

        assertThatExceptionOfType(VectorModuleMissingException.class)
                .isThrownBy(() -> VectorModule.check(properties, false));
    }

    @Test
    void olderGenerationsAreRefused() {
        assertThatExceptionOfType(IncompatibleVersionException.class)
                .isThrownBy(() -> FrameworkGeneration.check("3.5.9", true))
                .withMessageContaining("3.5.9");
        assertThatExceptionOfType(IncompatibleVersionException.class)
                .isThrownBy(() -> FrameworkGeneration.check("4.1.2", false))
                .withMessageContaining("Spring AI");
        assertThatNoException().isThrownBy(FrameworkGeneration::check);
    }

    @Test
    void nativeImagesAreToldWhatTheyCannotSee() {
        RuntimeHints hints = new RuntimeHints();

        new GptOssRuntimeHints().registerHints(hints, getClass().getClassLoader());

        assertThat(RuntimeHintsPredicates.proxies().forInterfaces(ChatClient.CallResponseSpec.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.resource().forResource("dev/gptoss/engine/tokenizer/o200k_base.tiktoken.gz"))
                .accepts(hints);
        assertThat(getClass().getResource("/dev/gptoss/engine/tokenizer/o200k_base.tiktoken.gz"))
                .isNotNull();
    }

    @Test
    void developerToolsLeaveTheClassesAloneThatHoldWeights() throws IOException {
        Properties tools = new Properties();
        try (InputStream file = getClass().getResourceAsStream("/META-INF/spring-devtools.properties")) {
            tools.load(file);
        }
        Pattern excluded = Pattern.compile(tools.getProperty("restart.exclude.gptoss"));

        assertThat(List.of(
                        "file:/m2/gpt-oss-engine-0.1.0-SNAPSHOT.jar",
                        "file:/m2/gpt-oss-autoconfigure-1.2.jar",
                        "file:/code/gpt-oss-engine/target/classes/"))
                .allMatch(url -> excluded.matcher(url).find());
        assertThat(List.of("file:/code/my-app/target/classes/", "file:/m2/gpt-oss-engine-extras/x.jar"))
                .noneMatch(url -> excluded.matcher(url).find());
    }
}
