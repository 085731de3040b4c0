package dev.gptoss.spring.docs;

import dev.gptoss.engine.ToolChoice;
import dev.gptoss.spring.chat.GptOssChatOptions;
import dev.gptoss.spring.tool.ExcludeFromDiscovery;
import dev.gptoss.spring.tool.ToolCatalog;
import java.util.Map;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.stereotype.Component;

final class ToolsSnippets {

    // tag::bean[]
    @Component
    class Orders {

        private final Map<String, String> status = Map.of("A1001", "shipped");

        @Tool(description = "Gets the status of an order.")
        String orderStatus(@ToolParam(description = "Number on the invoice") String id) {
            return status.getOrDefault(id, "unknown");
        }

        @Tool(description = "Deletes all orders.")
        @ExcludeFromDiscovery
        void deleteAll() {}
    }
    // end::bean[]

    static void offPerClient(ChatClient.Builder builder) {
        // tag::off[]
        ChatClient withoutTools =
                builder.defaultAdvisors(ToolCatalog::notOffered).build();
        // end::off[]
        withoutTools.prompt();
    }

    static void choice(ChatClient client) {
        // tag::choice[]
        client.prompt("Where is order A1001?")
                .options(GptOssChatOptions.builder().toolChoice(ToolChoice.of("orderStatus")))
                .call()
                .content();
        // end::choice[]
    }
}
