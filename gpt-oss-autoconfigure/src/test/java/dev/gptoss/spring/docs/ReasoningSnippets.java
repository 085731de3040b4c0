package dev.gptoss.spring.docs;

import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.spring.chat.GptOssChatOptions;
import dev.gptoss.spring.chat.Reasoning;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;

final class ReasoningSnippets {

    static void call(ChatClient client) {
        // tag::call[]
        ChatResponse response = client.prompt("Why is the sky blue?").call().chatResponse();

        Reasoning reasoning = Reasoning.of(response);
        System.out.println(reasoning.text());
        System.out.println(reasoning.tokens().orElse(0) + " tokens of thought");
        // end::call[]
    }

    static void stream(ChatClient client) {
        // tag::stream[]
        client.prompt("Why is the sky blue?").stream()
                .chatResponse()
                .subscribe(chunk -> System.out.print(Reasoning.of(chunk).delta()));
        // end::stream[]
    }

    static void effort(ChatClient client) {
        // tag::effort[]
        client.prompt("Prove it.")
                .options(GptOssChatOptions.builder()
                        .reasoningEffort(ReasoningEffort.HIGH)
                        .reasoningBudget(2000))
                .call()
                .content();
        // end::effort[]
    }
}
