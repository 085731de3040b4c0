package dev.gptoss.spring.autoconfigure;

import dev.gptoss.spring.chat.CallGuard;
import dev.gptoss.spring.chat.EngineSource;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.model.LoadedModel;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.beans.factory.ObjectProvider;

/** Makes chat models that share the application's clock, observations and guard. */
final class ChatModelFactory {

    private final Clock clock;
    private final ObservationRegistry observations;
    private final ObjectProvider<ChatModelObservationConvention> convention;
    private final CallGuard guard;

    ChatModelFactory(
            ObjectProvider<Clock> clock,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<ChatModelObservationConvention> convention,
            ObjectProvider<CallGuard> guard) {
        this.clock = clock.getIfUnique(Clock::systemDefaultZone);
        this.observations = observations.getIfUnique(() -> ObservationRegistry.NOOP);
        this.convention = convention;
        this.guard = guard.getIfUnique(() -> CallGuard.NONE);
    }

    GptOssChatModel chatModel(EngineSource engines, GptOssChatProperties properties) {
        String name = engines instanceof LoadedModel model ? model.name() : null;
        return GptOssChatModel.builder(engines)
                .options(properties.toOptions(name))
                .clock(clock)
                .guard(guard)
                .observationRegistry(observations)
                .observationConvention(convention.getIfAvailable())
                .build();
    }
}
