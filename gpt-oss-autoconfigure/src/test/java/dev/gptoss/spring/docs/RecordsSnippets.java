package dev.gptoss.spring.docs;

import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.records.RecordChatClients;
import dev.gptoss.spring.records.RecordOutputConverter;
import dev.gptoss.spring.records.RecordStream;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.core.ParameterizedTypeReference;

final class RecordsSnippets {

    // tag::record[]
    record Review(String reasons, @Min(1) @Max(5) int stars, List<String> tags, Optional<LocalDate> visited) {}
    // end::record[]

    static void entity(ChatClient client, String text) {
        // tag::entity[]
        Review one = client.prompt("Read this review: " + text).call().entity(Review.class);

        List<Review> many = client.prompt("Read these reviews: " + text)
                .call()
                .entity(new ParameterizedTypeReference<List<Review>>() {});
        // end::entity[]
        System.out.println(one + " " + many);
    }

    // tag::sealed[]
    sealed interface Intent permits Book, Cancel {}

    record Book(String what, LocalDate when) implements Intent {}

    record Cancel(String number) implements Intent {}
    // end::sealed[]

    static void stream(ChatClient client, String text) {
        // tag::stream[]
        RecordStream.of(client.prompt("Read this review: " + text), Review.class)
                .subscribe(part -> {
                    System.out.println(part.json()); // {"reasons":"The soup
                    if (part.isComplete()) {
                        System.out.println(part.value().stars());
                    }
                });
        // end::stream[]
    }

    static void byHand(GptOssChatModel model, String text) {
        // tag::by-hand[]
        ChatClient client = RecordChatClients.builder(ChatClient.builder(model)).build();

        Review review = ChatClient.create(model)
                .prompt("Read this review: " + text)
                .call()
                .entity(
                        new RecordOutputConverter<>(Review.class),
                        ChatClient.EntityParamSpec::useProviderStructuredOutput);
        // end::by-hand[]
        System.out.println(client + " " + review);
    }
}
