package dev.gptoss.spring.autoconfigure.diagnostics;

import dev.gptoss.spring.model.ModelNotFoundException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says where a model was looked for. */
final class ModelNotFoundFailureAnalyzer extends AbstractFailureAnalyzer<ModelNotFoundException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ModelNotFoundException cause) {
        return new FailureAnalysis(
                "No model was found under the name '" + cause.model() + "'. Looked at:\n  "
                        + String.join("\n  ", cause.lookedAt()),
                "Set gpt-oss.model to a folder in Hugging Face layout or to a GGUF file, or put the model where it is looked for, for example with: hf download "
                        + cause.model(),
                cause);
    }
}
