package dev.gptoss.engine.runtime;

import dev.gptoss.engine.GenerationEvent;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Events as they are taken from a mailbox, each one ahead at most. */
final class EventIterator implements Iterator<GenerationEvent> {

    private final Supplier<@Nullable GenerationEvent> source;
    private @Nullable GenerationEvent next;

    /**
     * @param source blocks for the next event; null after the last
     */
    EventIterator(Supplier<@Nullable GenerationEvent> source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = source.get();
        }
        return next != null;
    }

    @Override
    public GenerationEvent next() {
        GenerationEvent event = next == null ? source.get() : next;
        next = null;
        if (event == null) {
            throw new NoSuchElementException("the generation has ended");
        }
        return event;
    }
}
