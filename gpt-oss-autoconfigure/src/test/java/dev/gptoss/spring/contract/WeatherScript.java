package dev.gptoss.spring.contract;

import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.Role;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import java.util.List;
import java.util.stream.Collectors;

/** Asks a weather tool about every city of the question, then tells what the tool said. */
final class WeatherScript {

    private static final List<String> CITIES = List.of("San Francisco", "Tokyo", "Paris");

    private WeatherScript() {}

    static GptOssChatModel chatModel() {
        return GptOssChatModel.builder(new ScriptedEngine().when(request -> true, WeatherScript::reply))
                .build();
    }

    private static Reply reply(GenerationRequest request) {
        List<Message> messages = ((Prompt.Chat) request.prompt()).conversation().messages();
        Role last = messages.getLast().author().role();
        if (last == Role.TOOL || request.tools().isEmpty()) {
            return Reply.text(messages.stream()
                    .filter(message -> message.author().role() == Role.TOOL)
                    .map(Message::text)
                    .collect(Collectors.joining("\n", "The tools said:\n", "")));
        }
        Reply calls = Reply.text("");
        String question = messages.getLast().text();
        for (String city : CITIES) {
            if (question.contains(city)) {
                calls = calls.andToolCall(
                        request.tools().getFirst().name(),
                        "{\"location\":\"" + city + "\",\"lat\":0.0,\"lon\":0.0,\"unit\":\"C\"}");
            }
        }
        return calls.withReasoning("The tool knows.");
    }
}
