package dev.gptoss.samples.cli;

import dev.gptoss.engine.GenerationEvent;
import java.util.Iterator;
import java.util.function.Consumer;

/** Events that are shown as they pass. */
record Tee(Iterator<GenerationEvent> events, Consumer<GenerationEvent> show) implements Iterator<GenerationEvent> {

    @Override
    public boolean hasNext() {
        return events.hasNext();
    }

    @Override
    public GenerationEvent next() {
        GenerationEvent event = events.next();
        show.accept(event);
        return event;
    }
}
