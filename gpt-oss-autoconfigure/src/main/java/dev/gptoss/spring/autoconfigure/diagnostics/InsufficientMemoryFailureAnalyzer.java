package dev.gptoss.spring.autoconfigure.diagnostics;

import dev.gptoss.engine.InsufficientMemoryException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.unit.DataSize;

/** Says how much memory a model needs and how much there is. */
final class InsufficientMemoryFailureAnalyzer extends AbstractFailureAnalyzer<InsufficientMemoryException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InsufficientMemoryException cause) {
        return new FailureAnalysis(
                "The model needs " + megabytes(cause.neededBytes()) + " MB of memory, "
                        + megabytes(cause.availableBytes()) + " MB are available. " + cause.getMessage(),
                "Give the machine or its container " + megabytes(cause.neededBytes())
                        + " MB beside the Java heap, or lower gpt-oss.context-length or gpt-oss.concurrency.",
                cause);
    }

    private static long megabytes(long bytes) {
        return DataSize.ofBytes(bytes).toMegabytes();
    }
}
