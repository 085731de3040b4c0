package dev.gptoss.spring.model;

import java.util.List;

/** No files were found under the name of a model. */
public final class ModelNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String model;
    private final transient List<String> lookedAt;

    public ModelNotFoundException(String model, List<String> lookedAt) {
        super("No model '" + model + "' was found. Looked at: " + String.join("; ", lookedAt) + ".");
        this.model = model;
        this.lookedAt = List.copyOf(lookedAt);
    }

    /** The name that was asked for. */
    public String model() {
        return model;
    }

    /** The places that were looked at. */
    public List<String> lookedAt() {
        return lookedAt;
    }
}
