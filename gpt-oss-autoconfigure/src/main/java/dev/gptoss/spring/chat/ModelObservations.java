package dev.gptoss.spring.chat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.chat.observation.ChatModelObservationDocumentation;
import org.springframework.ai.chat.prompt.Prompt;

/** Observations of calls by Spring AI's conventions. */
final class ModelObservations {

    /** Name of the system in observations. */
    static final String PROVIDER = "gpt-oss";

    private static final GptOssObservationConvention DEFAULT_CONVENTION = new GptOssObservationConvention();

    private final ObservationRegistry registry;
    private final @Nullable ChatModelObservationConvention convention;

    ModelObservations(ObservationRegistry registry, @Nullable ChatModelObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Nullable
    Observation current() {
        return registry.getCurrentObservation();
    }

    Running start(Prompt prompt, boolean streaming, @Nullable Observation parent) {
        ChatModelObservationContext context = ChatModelObservationContext.builder()
                .prompt(prompt)
                .provider(PROVIDER)
                .streaming(streaming)
                .build();
        Observation observation = ChatModelObservationDocumentation.CHAT_MODEL_OPERATION
                .observation(convention, DEFAULT_CONVENTION, () -> context, registry)
                .parentObservation(parent);
        // A tracer takes the parent from the scope that is open at the start, not from the observation.
        try (Observation.Scope scope = parent == null ? Observation.Scope.NOOP : parent.openScope()) {
            observation.start();
        }
        return new Running(observation, context);
    }

    /** A started observation. */
    record Running(Observation observation, ChatModelObservationContext context) {

        ChatResponse answered(ChatResponse response) {
            context.setResponse(response);
            return response;
        }
    }
}
