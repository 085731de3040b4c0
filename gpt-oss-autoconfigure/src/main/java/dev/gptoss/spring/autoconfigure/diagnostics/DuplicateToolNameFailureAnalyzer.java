package dev.gptoss.spring.autoconfigure.diagnostics;

import dev.gptoss.spring.tool.DuplicateToolNameException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names both beans that declare a tool. */
final class DuplicateToolNameFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateToolNameException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DuplicateToolNameException cause) {
        return new FailureAnalysis(
                "Two tools have the name '" + cause.tool() + "':\n  " + cause.first() + "\n  " + cause.second(),
                "Give one of them another name with @Tool(name = \"...\"), or keep one from the model with @ExcludeFromDiscovery on its method, class or bean method.",
                cause);
    }
}
