package dev.gptoss.spring.autoconfigure.diagnostics;

import dev.gptoss.spring.model.ModelNotFoundException;
import java.util.regex.Pattern;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says where a model was looked for, and how to get it there. */
final class ModelNotFoundFailureAnalyzer extends AbstractFailureAnalyzer<ModelNotFoundException> {

    private static final Pattern HUGGING_FACE_NAME = Pattern.compile("[\\w-][\\w.-]*/[\\w.-]+");

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ModelNotFoundException cause) {
        return new FailureAnalysis(
                "No model was found under the name '" + cause.model() + "'. Looked at:\n  "
                        + String.join("\n  ", cause.lookedAt()),
                isHuggingFaceName(cause.model()) ? fetch(cause.model()) : point(),
                cause);
    }

    private static boolean isHuggingFaceName(String model) {
        return HUGGING_FACE_NAME.matcher(model).matches() && !model.endsWith(".gguf");
    }

    /** The repositories of OpenAI hold the weights three times; one is enough. */
    private static String fetch(String name) {
        return "Models are not fetched at start. Fetch it once into the Hugging Face cache:\n  "
                + "pip install huggingface_hub\n  "
                + "hf download " + name + " --exclude \"original/*\" --exclude \"metal/*\"\n"
                + "Where Hugging Face cannot be reached, copy the folder there and set gpt-oss.model to its path.";
    }

    private static String point() {
        return "Set gpt-oss.model to a folder in Hugging Face or original layout, to a GGUF file, or to a Hugging Face name"
                + " such as openai/gpt-oss-20b whose files are in the local cache. Relative paths begin at "
                + System.getProperty("user.dir") + ".";
    }
}
