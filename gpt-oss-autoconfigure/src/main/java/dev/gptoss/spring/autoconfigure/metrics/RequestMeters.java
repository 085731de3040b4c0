package dev.gptoss.spring.autoconfigure.metrics;

import dev.gptoss.spring.chat.GptOssMetadata;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.observation.ChatModelObservationContext;

/** Time to the first token, tokens a second and reasoning tokens of each request, beside the framework's meters. */
final class RequestMeters implements ObservationHandler<ChatModelObservationContext> {

    private final MeterRegistry registry;

    RequestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ChatModelObservationContext;
    }

    @Override
    public void onStop(ChatModelObservationContext context) {
        if (context.getResponse() == null) {
            return;
        }
        ChatResponseMetadata metadata = context.getResponse().getMetadata();
        String model = metadata.getModel();
        Duration first = metadata.get(GptOssMetadata.TIME_TO_FIRST_TOKEN);
        if (first != null) {
            Timer.builder("gptoss.time.to.first.token")
                    .description("From submission to the first token")
                    .tag("model", model)
                    .register(registry)
                    .record(first);
        }
        Double speed = metadata.get(GptOssMetadata.TOKENS_PER_SECOND);
        if (speed != null) {
            summary("gptoss.tokens.per.second", "Generated tokens a second", model)
                    .record(speed);
        }
        Integer reasoning = metadata.get(GptOssMetadata.REASONING_TOKENS);
        if (reasoning != null) {
            summary("gptoss.tokens.reasoning", "Generated tokens of reasoning", model)
                    .record(reasoning);
        }
    }

    private DistributionSummary summary(String name, String description, String model) {
        return DistributionSummary.builder(name)
                .description(description)
                .tag("model", model)
                .register(registry);
    }
}
