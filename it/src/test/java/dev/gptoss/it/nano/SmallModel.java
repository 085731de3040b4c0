package dev.gptoss.it.nano;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.ToolChoice;
import dev.gptoss.samples.nano.NanoModel;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.chat.GptOssChatOptions;

/** One engine on the small model for all tests of this package; it ends with the process. */
final class SmallModel {

    static final Engine ENGINE = Engine.open(EngineOptions.of(NanoModel.path()));

    private SmallModel() {}

    /** Always takes the likeliest token, and ends before it could talk forever. */
    static GptOssChatModel chatModel() {
        return chatModel(ToolChoice.AUTO);
    }

    /** The same, but whether a tool is called is not left to the model. */
    static GptOssChatModel chatModel(ToolChoice choice) {
        return GptOssChatModel.builder(ENGINE)
                .options(GptOssChatOptions.builder()
                        .temperature(0.0)
                        .maxTokens(300)
                        .toolChoice(choice)
                        .build())
                .build();
    }
}
