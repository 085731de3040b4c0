package dev.gptoss.spring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how to add the vector module. */
final class VectorModuleMissingFailureAnalyzer extends AbstractFailureAnalyzer<VectorModuleMissingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, VectorModuleMissingException cause) {
        return new FailureAnalysis(
                "gpt-oss.require-vector is true and the module jdk.incubator.vector is not loaded.",
                VectorModuleMissingException.ADVICE
                        + "\nOr set gpt-oss.require-vector to false and accept the slowness.",
                cause);
    }
}
