package dev.gptoss.spring.autoconfigure.diagnostics;

import dev.gptoss.engine.weights.tensor.WeightsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with the files of a model. */
final class ModelFormatFailureAnalyzer extends AbstractFailureAnalyzer<WeightsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WeightsException cause) {
        return new FailureAnalysis(
                "The model cannot be read: " + cause.getMessage(),
                "Set gpt-oss.model to a gpt-oss model: a Hugging Face folder with config.json and *.safetensors, the original layout, or a GGUF file. If a download broke off, resume it.",
                cause);
    }
}
