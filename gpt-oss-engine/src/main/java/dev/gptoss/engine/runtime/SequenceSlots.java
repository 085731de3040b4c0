package dev.gptoss.engine.runtime;

import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.weights.ModelConfig;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Slots of KV and who is in them. A slot that is left keeps what it has computed until it is needed; a request goes
 * where most of its prompt is computed already, else where nobody has been for longest.
 */
final class SequenceSlots {

    private final int contextLength;
    private final int vocabulary;
    private final PagePool fullPages;
    private final ArrayDeque<KvSlot> free = new ArrayDeque<>();

    SequenceSlots(ModelConfig config, Limits limits, Step step) {
        contextLength = limits.contextLength();
        vocabulary = config.vocabulary();
        fullPages = new PagePool(limits.fullPages());
        PagePool ringPages = new PagePool(limits.ringPages());
        for (int i = 0; i < limits.slots(); i++) {
            free.add(new KvSlot(i, config.slidingWindow(), limits, fullPages, ringPages, step));
        }
    }

    boolean hasFree() {
        return !free.isEmpty();
    }

    /** Puts a request into a free slot. */
    Sequence occupy(LiveGeneration generation) {
        int[] prompt = generation.prepared().tokens();
        KvSlot best = free.getFirst();
        int reusable = best.reusable(prompt);
        for (KvSlot slot : free) {
            int more = slot.reusable(prompt);
            if (more > reusable) {
                best = slot;
                reusable = more;
            }
        }
        best.truncate(reusable);
        GenerationRequest request = generation.request();
        generation.progress().start(reusable);
        long seed = request.sampling()
                .seed()
                .orElseGet(() -> ThreadLocalRandom.current().nextLong());
        Sequence sequence = new Sequence(
                generation,
                best,
                mostTokens(request, prompt.length),
                vocabulary >= SpecialTokens.VOCABULARY_SIZE,
                seed);
        free.remove(best);
        return sequence;
    }

    /** Frees the slot; what it has computed is kept if it is intact. */
    void leave(Sequence sequence, boolean isIntact) {
        KvSlot slot = sequence.slot();
        if (!isIntact) {
            slot.truncate(0);
        }
        free.addLast(slot);
    }

    PagePool fullPages() {
        return fullPages;
    }

    private int mostTokens(GenerationRequest request, int promptLength) {
        Integer contextLimit = request.contextLimit();
        Integer maxTokens = request.maxTokens();
        long most = contextLimit == null ? contextLength : Math.min(contextLimit, contextLength);
        return (int) (maxTokens == null ? most : Math.min(most, (long) promptLength + maxTokens));
    }
}
