package dev.gptoss.spring.autoconfigure.diagnostics;

/** No property says which model to load. */
public final class ModelNotConfiguredException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String key;

    /**
     * @param key property that is not set
     */
    public ModelNotConfiguredException(String key) {
        super("No model is configured: " + key + " is not set.");
        this.key = key;
    }

    /** The property that is not set. */
    public String key() {
        return key;
    }
}
