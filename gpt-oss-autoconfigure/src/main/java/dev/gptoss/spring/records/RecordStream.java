package dev.gptoss.spring.records;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.core.ParameterizedTypeReference;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/**
 * Fills a record piece by piece. The framework streams text alone; here the request gets the schema, what has come is
 * shown as JSON, and the end is the record.
 *
 * <pre>{@code
 * RecordStream.of(client.prompt("Extract: ..."), Contact.class)
 *         .subscribe(part -> show(part.json()));
 * }</pre>
 */
public final class RecordStream {

    private RecordStream() {}

    /** Partial values while the answer streams, then the value. */
    public static <T> Flux<PartialRecord<T>> of(ChatClient.ChatClientRequestSpec request, Class<T> type) {
        return of(request, new RecordOutputConverter<>(type));
    }

    /** Partial values while the answer streams, then the value. */
    public static <T> Flux<PartialRecord<T>> of(
            ChatClient.ChatClientRequestSpec request, ParameterizedTypeReference<T> type) {
        return of(request, new RecordOutputConverter<>(type));
    }

    private static <T> Flux<PartialRecord<T>> of(
            ChatClient.ChatClientRequestSpec request, RecordOutputConverter<T> converter) {
        var withSchema = request.advisors(new OutputSchemaAdvisor(converter.getJsonSchema()));
        return Flux.defer(() -> {
            Progress<T> progress = new Progress<>(converter);
            return withSchema.stream()
                    .chatResponse()
                    .<PartialRecord<T>>mapNotNull(progress::more)
                    .concatWith(Flux.defer(() -> Flux.just(progress.end())));
        });
    }

    /** What has come of one answer. */
    private static final class Progress<T> {

        private final RecordOutputConverter<T> converter;
        private final StringBuilder text = new StringBuilder();
        private String round = "";
        private @Nullable JsonNode last;

        Progress(RecordOutputConverter<T> converter) {
            this.converter = converter;
        }

        @Nullable
        PartialRecord<T> more(ChatResponse chunk) {
            String id = chunk.getMetadata().getId();
            if (!id.equals(round)) { // after a round of tools: what was said before them is no part of the record
                text.setLength(0);
                round = id;
            }
            Generation generation = chunk.getResult();
            text.append(
                    generation == null
                            ? ""
                            : Objects.requireNonNullElse(generation.getOutput().getText(), ""));
            JsonNode now = PartialJson.read(text.toString());
            if (now == null || now.equals(last)) {
                return null;
            }
            last = now;
            return new PartialRecord<>(now, null);
        }

        PartialRecord<T> end() {
            T value = converter.convert(text.toString());
            JsonNode whole = PartialJson.read(text.append(' ').toString());
            return new PartialRecord<>(Objects.requireNonNull(whole), value);
        }
    }
}
