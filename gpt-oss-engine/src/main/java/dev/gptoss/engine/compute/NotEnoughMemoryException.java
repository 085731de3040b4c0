package dev.gptoss.engine.compute;

import java.io.Serial;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A load refused before it began: the machine or its container has less memory than it would take. */
public final class NotEnoughMemoryException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient BackendPlan plan;
    private final long availableBytes;

    NotEnoughMemoryException(BackendPlan plan, long availableBytes) {
        super("The model needs " + gigabytes(plan.totalBytes()) + " (" + byKind(plan.bytes()) + "), "
                + gigabytes(availableBytes)
                + " are available. Give the machine or container more memory, or ask for a shorter context or fewer"
                + " concurrent sequences.");
        this.plan = plan;
        this.availableBytes = availableBytes;
    }

    /** What was wanted. */
    public BackendPlan plan() {
        return plan;
    }

    public long availableBytes() {
        return availableBytes;
    }

    private static String byKind(Map<String, Long> bytes) {
        return bytes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " " + gigabytes(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
