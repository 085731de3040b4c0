package dev.gptoss.spring.autoconfigure;

import dev.gptoss.spring.autoconfigure.diagnostics.IncompatibleVersionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.util.ClassUtils;

/** Refuses frameworks that would fail later in ways nobody understands. */
final class FrameworkGeneration {

    private static final String SPRING_AI_2 = "org.springframework.ai.model.tool.StructuredOutputChatOptions";

    private FrameworkGeneration() {}

    static void check() {
        check(
                SpringBootVersion.getVersion(),
                ClassUtils.isPresent(SPRING_AI_2, FrameworkGeneration.class.getClassLoader()));
    }

    /** @param boot null where its jar does not tell */
    static void check(@Nullable String boot, boolean isSpringAi2) {
        if (boot != null && !boot.startsWith("4.")) {
            throw IncompatibleVersionException.of("Spring Boot", boot, "4.x");
        }
        if (!isSpringAi2) {
            throw IncompatibleVersionException.of("Spring AI", "an older one", "2.x");
        }
    }
}
