package dev.gptoss.spring.autoconfigure.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.InsufficientMemoryException;
import dev.gptoss.engine.weights.tensor.WeightsException;
import dev.gptoss.spring.model.ModelNotFoundException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Every failure of ours at start is found by its analyzer, as Boot finds them. */
class FailureAnalyzersTests {

    private final List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
            .load(
                    FailureAnalyzer.class,
                    SpringFactoriesLoader.FailureHandler.logging(
                            org.apache.commons.logging.LogFactory.getLog(getClass())));

    @Test
    void modelThatIsNotFoundTellsWhereItWasLookedFor() {
        FailureAnalysis analysis =
                analyze(new ModelNotFoundException("openai/gpt-oss-20b", List.of("the path /a", "the cache /b")));

        assertThat(analysis.getDescription())
                .contains("openai/gpt-oss-20b")
                .contains("the path /a")
                .contains("the cache /b");
        assertThat(analysis.getAction())
                .contains("hf download openai/gpt-oss-20b --exclude")
                .contains("gpt-oss.model");
    }

    @Test
    void pathThatIsNotFoundIsNoDownload() {
        assertThat(analyze(new ModelNotFoundException("models/20b.gguf", List.of("the path /a")))
                        .getAction())
                .contains("GGUF")
                .contains("Relative paths begin at")
                .doesNotContain("hf download");
    }

    @Test
    void missingResilienceNamesTheDependency() {
        FailureAnalysis analysis = analyze(new ResilienceMissingException(
                List.of("gpt-oss.resilience.bulkhead"), List.of("io.github.resilience4j:resilience4j-reactor")));

        assertThat(analysis.getDescription())
                .contains("gpt-oss.resilience.bulkhead")
                .contains("io.github.resilience4j:resilience4j-reactor");
        assertThat(analysis.getAction()).contains("2.4.0");
    }

    @Test
    void missingKeyIsNamed() {
        assertThat(analyze(new ModelNotConfiguredException("gpt-oss.models.fast.model"))
                        .getAction())
                .contains("gpt-oss.models.fast.model");
    }

    @Test
    void wrongFormatTellsWhatFits() {
        FailureAnalysis analysis = analyze(new WeightsException("config.json: no such file"));

        assertThat(analysis.getDescription()).contains("config.json: no such file");
        assertThat(analysis.getAction()).contains("GGUF");
    }

    @Test
    void memoryIsToldInNumbers() {
        FailureAnalysis analysis = analyze(new InsufficientMemoryException(14L << 30, 8L << 30, "weights"));

        assertThat(analysis.getDescription()).contains("14336 MB").contains("8192 MB");
        assertThat(analysis.getAction()).contains("gpt-oss.context-length");
    }

    @Test
    void vectorModuleHasAWayForEveryStart() {
        assertThat(analyze(new VectorModuleMissingException()).getAction())
                .contains("java -jar", "Maven", "Gradle", "Docker", "IDE", "gpt-oss.require-vector");
    }

    @Test
    void wrongGenerationTellsTheRightOne() {
        FailureAnalysis analysis = analyze(IncompatibleVersionException.of("Spring Boot", "3.5.1", "4.x"));

        assertThat(analysis.getDescription()).contains("3.5.1");
        assertThat(analysis.getAction()).contains("Spring Boot 4.x");
    }

    private FailureAnalysis analyze(Throwable failure) {
        Throwable atStart = new IllegalStateException("Failed to load ApplicationContext", failure);
        return analyzers.stream()
                .map(analyzer -> analyzer.analyze(atStart))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }
}
