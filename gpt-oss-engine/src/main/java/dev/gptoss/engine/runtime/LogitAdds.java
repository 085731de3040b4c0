package dev.gptoss.engine.runtime;

import dev.gptoss.engine.Sampling;
import dev.gptoss.engine.compute.Output;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What a sequence adds to logits: its bias, less the penalties of the tokens it has said. Each id stands once. */
final class LogitAdds {

    private final float frequencyPenalty;
    private final float presencePenalty;
    private final Map<Integer, Integer> places = new HashMap<>();
    private int[] ids;
    private float[] values;
    private boolean[] isSaid;
    private int size;

    LogitAdds(Sampling sampling) {
        frequencyPenalty = sampling.frequencyPenalty();
        presencePenalty = sampling.presencePenalty();
        int capacity = Math.max(16, sampling.logitBias().size());
        ids = new int[capacity];
        values = new float[capacity];
        isSaid = new boolean[capacity];
        sampling.logitBias().forEach((id, bias) -> values[placeOf(id)] = bias);
    }

    /** Whether every token said changes them. */
    boolean changes() {
        return frequencyPenalty != 0 || presencePenalty != 0;
    }

    /** Counts a generated token. */
    void said(int token) {
        if (!changes()) {
            return;
        }
        int place = placeOf(token);
        values[place] -= frequencyPenalty;
        if (!isSaid[place]) {
            isSaid[place] = true;
            values[place] -= presencePenalty;
        }
    }

    /** Lends the entries to an output; they change with the next token. */
    void lendTo(Output output) {
        output.adds = size;
        output.addIds = ids;
        output.addValues = values;
    }

    private int placeOf(int id) {
        Integer known = places.get(id);
        if (known != null) {
            return known;
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            isSaid = Arrays.copyOf(isSaid, 2 * size);
        }
        ids[size] = id;
        places.put(id, size);
        return size++;
    }
}
