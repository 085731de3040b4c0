package dev.gptoss.spring.autoconfigure.diagnostics;

import java.util.List;

/** Properties name Resilience4j's instances, and its jars are absent. */
public final class ResilienceMissingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<String> keys;
    private final transient List<String> missing;

    /**
     * @param keys properties that are set
     * @param missing artifacts that are not on the class path, such as {@code group:artifact}
     */
    public ResilienceMissingException(List<String> keys, List<String> missing) {
        super(String.join(", ", keys) + " cannot take effect without " + String.join(" and ", missing));
        this.keys = List.copyOf(keys);
        this.missing = List.copyOf(missing);
    }

    /** Properties that are set. */
    public List<String> keys() {
        return keys;
    }

    /** Artifacts that are not on the class path. */
    public List<String> missing() {
        return missing;
    }
}
