package dev.gptoss.spring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineClosedException;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt;
import dev.gptoss.spring.test.ScriptedEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenModelsTests {

    private final List<ScriptedEngine> opened = new ArrayList<>();
    private final OpenModels models = new OpenModels(options -> {
        opened.add(new ScriptedEngine());
        return opened.getLast();
    });
    private final EngineOptions one = EngineOptions.of(Path.of("one"));

    @Test
    void restartFindsTheSameEngine() {
        models.open(one).close();
        Engine again = models.open(one.withLoadListener((done, total) -> {}));

        assertThat(opened).hasSize(1).noneMatch(ScriptedEngine::isClosed);
        assertThat(again.info().name()).isEqualTo("scripted");
    }

    @Test
    void unusedEngineMakesRoomForAnother() {
        models.open(one).close();
        models.open(EngineOptions.of(Path.of("two")));

        assertThat(opened.get(0).isClosed()).isTrue();
        assertThat(opened.get(1).isClosed()).isFalse();
    }

    @Test
    void engineInUseStaysOpenBesideAnother() {
        models.open(one);
        models.open(one.withThreads(1));

        assertThat(opened).hasSize(2).noneMatch(ScriptedEngine::isClosed);
    }

    @Test
    void closedHoldRefusesRequests() {
        Engine hold = models.open(one);
        hold.close();
        hold.close();

        assertThatExceptionOfType(EngineClosedException.class)
                .isThrownBy(() -> hold.submit(
                        GenerationRequest.builder(new Prompt.Tokens(List.of(1))).build()));
    }
}
