package dev.gptoss.it.nano;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.ModelInfo;
import dev.gptoss.samples.nano.NanoModel;
import dev.gptoss.spring.autoconfigure.GptOssAutoConfiguration;
import dev.gptoss.spring.model.LoadedModel;
import java.net.URL;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.devtools.restart.classloader.RestartClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RestartIT {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(GptOssAutoConfiguration.class))
            .withPropertyValues("gpt-oss.model=" + NanoModel.path());

    @Test
    void restartOfTheDeveloperToolsKeepsTheLoadedWeights() {
        ModelInfo before = start(restarts());

        assertThat(start(restarts())).isSameAs(before);
    }

    @Test
    void otherContextsLoadTheirOwn() {
        ModelInfo before = start(runner);

        assertThat(start(runner)).isNotSameAs(before);
    }

    private ApplicationContextRunner restarts() {
        return runner.withClassLoader(new RestartClassLoader(getClass().getClassLoader(), new URL[0]));
    }

    private static ModelInfo start(ApplicationContextRunner runner) {
        AtomicReference<ModelInfo> loaded = new AtomicReference<>();
        runner.run(context ->
                loaded.set(context.getBean(LoadedModel.class).engine().info()));
        return loaded.get();
    }
}
