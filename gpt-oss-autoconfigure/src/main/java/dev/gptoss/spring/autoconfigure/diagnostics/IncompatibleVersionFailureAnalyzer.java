package dev.gptoss.spring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which generation of the framework is needed. */
final class IncompatibleVersionFailureAnalyzer extends AbstractFailureAnalyzer<IncompatibleVersionException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, IncompatibleVersionException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
    }
}
