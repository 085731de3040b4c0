package dev.gptoss.spring.docs;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.annotation.Qualifier;

/** Sources of docs/operations.md. */
final class OperationsSnippets {

    private OperationsSnippets() {}

    static class Clients {
        // tag::named[]
        ChatClient fast;
        ChatClient careful;

        Clients(
                @Qualifier("fastChatClientBuilder") ChatClient.Builder fast,
                @Qualifier("carefulChatClientBuilder") ChatClient.Builder careful) {
            this.fast = fast.build();
            this.careful = careful.build();
        }
        // end::named[]
    }
}
