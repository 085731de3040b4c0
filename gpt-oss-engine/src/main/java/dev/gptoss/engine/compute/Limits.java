package dev.gptoss.engine.compute;

/**
 * Sizes that a backend reserves at load.
 *
 * @param rows most rows of a step
 * @param slots most sequences that own KV at a time
 * @param outputs most rows of a step whose logits are wanted
 * @param contextLength most positions of one sequence
 * @param pageSize positions of a KV page
 * @param fullPages pages of the pool of the full-attention layers; a page id names one page in each of them
 * @param ringPages pages of the pool of the window layers; a page id names one page in each of them
 * @param ringPagesPerSlot pages of one slot's ring, together at least window - 1 + {@code rows} positions
 */
public record Limits(
        int rows,
        int slots,
        int outputs,
        int contextLength,
        int pageSize,
        int fullPages,
        int ringPages,
        int ringPagesPerSlot) {

    public Limits {
        positive("rows", rows);
        positive("slots", slots);
        positive("outputs", outputs);
        positive("contextLength", contextLength);
        positive("pageSize", pageSize);
        positive("fullPages", fullPages);
        positive("ringPages", ringPages);
        positive("ringPagesPerSlot", ringPagesPerSlot);
        if (Integer.bitCount(pageSize) != 1) {
            throw new IllegalArgumentException("pageSize must be a power of two, was " + pageSize);
        }
    }

    /** Most full-layer pages of one sequence. */
    public int fullPagesPerSlot() {
        return (contextLength + pageSize - 1) / pageSize;
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
