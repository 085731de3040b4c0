package dev.gptoss.spring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which key names the model. */
final class ModelNotConfiguredFailureAnalyzer extends AbstractFailureAnalyzer<ModelNotConfiguredException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ModelNotConfiguredException cause) {
        return new FailureAnalysis(
                "No model is configured: " + cause.key() + " is not set.",
                "Set " + cause.key()
                        + " to a folder, a GGUF file or a Hugging Face name such as openai/gpt-oss-20b. In a test, declare a ScriptedEngine as a bean instead.",
                cause);
    }
}
