package dev.gptoss.spring.autoconfigure.actuate;

import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.model.ModelState;
import java.util.Collection;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Up when all models are ready, out of service while one is being loaded, down when one has failed. */
final class ModelsHealthIndicator implements HealthIndicator {

    private final Map<String, LoadedModel> models;

    /** @param models by the name of their bean */
    ModelsHealthIndicator(Map<String, LoadedModel> models) {
        this.models = models;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.status(status(models.values()));
        if (models.size() == 1) {
            return health.withDetails(
                            ModelDescription.brief(models.values().iterator().next()))
                    .build();
        }
        models.forEach((name, model) -> health.withDetail(name, ModelDescription.brief(model)));
        return health.build();
    }

    private static Status status(Collection<LoadedModel> models) {
        if (models.stream().anyMatch(model -> model.state() instanceof ModelState.Failed)) {
            return Status.DOWN;
        }
        return models.stream().allMatch(model -> model.state() instanceof ModelState.Ready)
                ? Status.UP
                : Status.OUT_OF_SERVICE;
    }
}
