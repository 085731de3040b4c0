package dev.gptoss.spring.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.ResourceLoader;

/** All ways to find a model: the application's first, then paths, then the Hugging Face cache. */
public final class ModelLocators {

    private final List<ModelLocator> locators;

    public ModelLocators(List<ModelLocator> own, ResourceLoader resources) {
        this.locators = new ArrayList<>(own);
        this.locators.add(new FileModelLocator(resources));
        this.locators.add(new HubCacheLocator(System.getenv()));
    }

    /**
     * The files of a model.
     *
     * @throws ModelNotFoundException if there are none, naming every place that was looked at
     */
    public Path locate(String name) {
        List<String> lookedAt = new ArrayList<>();
        for (ModelLocator locator : locators) {
            switch (locator.locate(name)) {
                case ModelLocator.Attempt.Found found -> {
                    return found.path();
                }
                case ModelLocator.Attempt.Missed missed -> lookedAt.addAll(missed.lookedAt());
            }
        }
        throw new ModelNotFoundException(name, lookedAt);
    }
}
