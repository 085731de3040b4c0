package dev.gptoss.spring.autoconfigure;

import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.model.ModelState;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Keeps the application from being ready while a model is being loaded or has failed, and lets it be once all are. It is
 * live all the time.
 */
final class ReadinessGate implements ApplicationListener<ApplicationEvent> {

    private final ApplicationContext context;
    private final ObjectProvider<LoadedModel> models;
    private boolean applicationIsReady;
    private boolean refuses;
    private boolean closing;

    ReadinessGate(ApplicationContext context, ObjectProvider<LoadedModel> models) {
        this.context = context;
        this.models = models;
    }

    @Override
    public synchronized void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ContextClosedEvent closed && closed.getApplicationContext() == context) {
            closing = true;
        } else if (event instanceof AvailabilityChangeEvent<?> change
                && change.getState() == ReadinessState.ACCEPTING_TRAFFIC
                && !refuses) {
            applicationIsReady = true;
            if (!allReady()) {
                refuses = true;
                AvailabilityChangeEvent.publish(context, this, ReadinessState.REFUSING_TRAFFIC);
            }
        }
    }

    /** To be told whenever a model is ready or has failed. */
    synchronized void settled() {
        if (applicationIsReady && refuses && !closing && allReady()) {
            AvailabilityChangeEvent.publish(context, this, ReadinessState.ACCEPTING_TRAFFIC);
            refuses = false;
        }
    }

    private boolean allReady() {
        List<LoadedModel> all = models.stream().toList();
        return all.stream().allMatch(model -> model.state() instanceof ModelState.Ready);
    }
}
