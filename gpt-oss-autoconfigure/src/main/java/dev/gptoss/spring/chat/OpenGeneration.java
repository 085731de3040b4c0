package dev.gptoss.spring.chat;

import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationEvent;
import java.util.Iterator;
import java.util.function.Consumer;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** A submitted request. Closing it before its end stops the engine. */
final class OpenGeneration implements AutoCloseable {

    private final Generation generation;
    private final ResponseMapper mapper;
    private volatile boolean closed;

    OpenGeneration(Generation generation, ResponseMapper mapper) {
        this.generation = generation;
        this.mapper = mapper;
    }

    /** Waits for the whole response. */
    ChatResponse await() {
        for (GenerationEvent event : generation) {
            mapper.chunk(event);
        }
        return mapper.whole();
    }

    /** Chunks as they come; subscribe once, on a thread that may block. */
    Flux<ChatResponse> stream(Consumer<ChatResponse> onWhole) {
        // Not Flux.fromIterable: it looks for the first event before it can be cancelled, that is during prefill.
        return Flux.generate(generation::iterator, (events, sink) -> {
            emit(events, sink, onWhole);
            return events;
        });
    }

    private void emit(
            Iterator<GenerationEvent> events, SynchronousSink<ChatResponse> sink, Consumer<ChatResponse> onWhole) {
        while (events.hasNext()) {
            GenerationEvent event = events.next();
            if (closed) {
                break; // the subscriber left; what comes now is the engine saying so
            }
            ChatResponse chunk = mapper.chunk(event);
            if (event instanceof GenerationEvent.Finished) {
                onWhole.accept(mapper.whole());
            }
            if (chunk != null) {
                sink.next(chunk);
                return;
            }
        }
        sink.complete();
    }

    @Override
    public void close() {
        closed = true;
        generation.close();
    }
}
