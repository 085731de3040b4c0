package dev.gptoss.spring.chat;

import java.util.function.Supplier;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.Flux;

/** What stands between callers and the model, such as a limit of concurrent calls. */
public interface CallGuard {

    /** Lets everything through. */
    CallGuard NONE = new CallGuard() {

        @Override
        public ChatResponse call(Supplier<ChatResponse> call) {
            return call.get();
        }

        @Override
        public Flux<ChatResponse> stream(Flux<ChatResponse> stream) {
            return stream;
        }
    };

    /** Makes a call, or refuses to. May make it on another thread; an interrupt must reach it. */
    ChatResponse call(Supplier<ChatResponse> call);

    /** A stream that starts when it is subscribed to, or is refused. */
    Flux<ChatResponse> stream(Flux<ChatResponse> stream);
}
