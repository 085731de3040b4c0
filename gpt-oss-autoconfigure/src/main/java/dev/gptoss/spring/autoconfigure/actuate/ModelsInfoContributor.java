package dev.gptoss.spring.autoconfigure.actuate;

import dev.gptoss.spring.model.LoadedModel;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Which models an application holds. */
final class ModelsInfoContributor implements InfoContributor {

    private final Map<String, LoadedModel> models;

    ModelsInfoContributor(Map<String, LoadedModel> models) {
        this.models = models;
    }

    @Override
    public void contribute(Info.Builder builder) {
        List<Map<String, Object>> all =
                models.values().stream().map(ModelDescription::brief).toList();
        builder.withDetail("gptoss", Map.of("models", all));
    }
}
