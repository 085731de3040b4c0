package dev.gptoss.spring.autoconfigure;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.spring.autoconfigure.diagnostics.ModelNotConfiguredException;
import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.model.ModelLocators;
import dev.gptoss.spring.model.ModelState;
import dev.gptoss.spring.model.OpenModels;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Makes models from properties. The files are looked for at once, whenever they are loaded. */
final class ModelFactory {

    private final GptOssProperties properties;
    private final ModelLocators locators;
    private final Function<EngineOptions, Engine> opener;
    private final Consumer<ModelState> onSettled;

    /**
     * @param outlivesContext whether loaded weights stay open when the application context is closed
     * @param onSettled told whenever a model loaded in the background is ready or has failed
     */
    ModelFactory(
            GptOssProperties properties,
            ModelLocators locators,
            boolean outlivesContext,
            Consumer<ModelState> onSettled) {
        this.properties = properties;
        this.locators = locators;
        this.opener = outlivesContext ? OpenModels.shared()::open : Engine::open;
        this.onSettled = onSettled;
    }

    /**
     * Loads the model, or starts to.
     *
     * @param key property that names it
     */
    LoadedModel load(String key, @Nullable String model) {
        if (!StringUtils.hasText(model)) {
            throw new ModelNotConfiguredException(key);
        }
        Path path = locators.locate(model);
        EngineOptions options = properties.engineOptions(path);
        String name = displayName(model, path);
        return properties.getLoading() == GptOssProperties.Loading.EAGER
                ? LoadedModel.eagerly(name, options, properties.getLoadWait(), opener)
                : LoadedModel.inBackground(name, options, properties.getLoadWait(), opener, onSettled);
    }

    /** Short names stay as they are, of paths the last part is shown. */
    private static String displayName(String model, Path path) {
        boolean isName = model.matches("[\\w.-]+(/[\\w.-]+)?") && !path.equals(Path.of(model));
        Path last = path.getFileName();
        return isName || last == null ? model : last.toString();
    }
}
