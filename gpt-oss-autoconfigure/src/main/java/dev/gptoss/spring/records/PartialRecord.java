package dev.gptoss.spring.records;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A record while it is being filled.
 *
 * @param json what is there so far; texts may still grow, numbers are whole
 * @param value the record, at the end
 */
public record PartialRecord<T>(JsonNode json, @Nullable T value) {

    /** Whether this is the end. */
    public boolean isComplete() {
        return value != null;
    }
}
