package dev.gptoss.samples.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class TrainingRunTests {

    @Test
    void trainingRunAsksOneQuestionAndEnds() {
        ScriptedEngine engine = new ScriptedEngine().reply(Reply.text("Hello."));

        ConfigurableApplicationContext ended = new SpringApplicationBuilder(AssistantApplication.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("engine", engine))
                .run("--server.port=0", "--assistant.training-run=true");

        assertThat(ended.isActive()).isFalse();
        assertThat(engine.requests()).hasSize(1);
    }
}
