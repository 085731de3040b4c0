package dev.gptoss.samples.assistant;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Asks one question over HTTP and ends. With {@code -XX:AOTCacheOutput} the JVM then writes down which classes were loaded
 * and which methods were hot, and later starts are twice as fast.
 */
@Component
@ConditionalOnBooleanProperty("assistant.training-run")
class TrainingRun {

    private static final String QUESTION = "{\"conversation\": \"training\", \"text\": \"Hello!\"}";

    private final ConfigurableApplicationContext context;

    TrainingRun(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** The last event of a start; closing the application at an earlier one would fail it. */
    @EventListener
    void ask(AvailabilityChangeEvent<ReadinessState> event) throws IOException, InterruptedException {
        if (event.getState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return;
        }
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/chat"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            if (!Objects.requireNonNullElse(answer, "").contains("event:done")) {
                throw new IllegalStateException("The training run got no answer: " + answer);
            }
        }
        context.close();
    }
}
