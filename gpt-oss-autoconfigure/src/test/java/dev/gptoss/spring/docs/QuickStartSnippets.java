package dev.gptoss.spring.docs;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.spring.chat.GptOssChatModel;
import java.nio.file.Path;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

final class QuickStartSnippets {

    // tag::controller[]
    record Answer(String city, int degrees) {}

    @Component
    class Weather {
        @Tool(description = "Gets the current weather for a city.")
        String weather(String city) {
            return "4 degrees in " + city;
        }
    }

    @RestController
    class Chat {
        private final ChatClient client;

        Chat(ChatClient.Builder builder) {
            client = builder.build();
        }

        @GetMapping("/weather")
        Answer weather(@RequestParam String city) {
            return client.prompt("What is the weather in " + city + "?").call().entity(Answer.class);
        }
    }
    // end::controller[]

    static void plain() {
        // tag::plain[]
        try (Engine engine = Engine.open(EngineOptions.of(Path.of("gpt-oss-20b")))) {
            GptOssChatModel model = GptOssChatModel.builder(engine).build();
            String answer = ChatClient.create(model)
                    .prompt("Why is the sky blue?")
                    .call()
                    .content();
            System.out.println(answer);
        }
        // end::plain[]
    }
}
