package dev.gptoss.spring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which dependencies to add. */
final class ResilienceMissingFailureAnalyzer extends AbstractFailureAnalyzer<ResilienceMissingException> {

    /** The generation that runs on Boot 4; Boot manages no version of it. */
    private static final String VERSION = "2.4.0";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ResilienceMissingException cause) {
        return new FailureAnalysis(
                "Limits around the model are configured, and Resilience4j is not on the class path. Set:\n  "
                        + String.join("\n  ", cause.keys()) + "\nMissing:\n  "
                        + String.join("\n  ", cause.missing()),
                "Add what is missing in version " + VERSION + ", or remove the properties.",
                cause);
    }
}
