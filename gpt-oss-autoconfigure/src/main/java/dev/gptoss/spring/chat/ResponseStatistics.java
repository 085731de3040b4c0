package dev.gptoss.spring.chat;

import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.Timings;
import dev.gptoss.engine.Usage;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;

/**
 * Tokens and times of a generation as metadata, also under the names that code written for Ollama reads.
 *
 * @param model name of the model
 * @param loadTime time it took to load the model
 * @param clock tells when a response was made
 */
record ResponseStatistics(String model, Duration loadTime, Clock clock) {

    /** Metadata of a chunk that is not the last: no usage. */
    ChatResponseMetadata unfinished(String id) {
        return ChatResponseMetadata.builder().id(id).model(model).build();
    }

    /** Metadata of the last chunk and of the whole response. */
    ChatResponseMetadata finished(String id, GenerationEvent.Finished end) {
        Timings timings = end.timings();
        return ChatResponseMetadata.builder()
                .id(id)
                .model(model)
                .usage(usage(end.usage()))
                .metadata(ofGeneration(end))
                .keyValue(GptOssMetadata.TIME_TO_FIRST_TOKEN, timings.queued().plus(timings.prefill()))
                .keyValue(GptOssMetadata.QUEUE_DURATION, timings.queued())
                .keyValue(GptOssMetadata.TOTAL_DURATION, timings.total())
                .keyValue(GptOssMetadata.LOAD_DURATION, loadTime)
                .keyValue(GptOssMetadata.PROMPT_EVAL_DURATION, timings.prefill())
                .keyValue(GptOssMetadata.EVAL_DURATION, timings.decode())
                .keyValue(GptOssMetadata.PROMPT_EVAL_COUNT, end.usage().prompt())
                .keyValue(GptOssMetadata.EVAL_COUNT, end.usage().completion())
                .keyValue(GptOssMetadata.CREATED_AT, clock.instant())
                .keyValue(GptOssMetadata.DONE, true)
                .build();
    }

    /** What is told of the generation too, because whoever joins chunks keeps it there. Modifiable. */
    Map<String, Object> ofGeneration(GenerationEvent.Finished end) {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put(GptOssMetadata.REASONING_TOKENS, end.usage().reasoning());
        metadata.put(GptOssMetadata.CACHED_TOKENS, end.usage().cached());
        double seconds = end.timings().decode().toNanos() / 1e9;
        if (seconds > 0) {
            metadata.put(GptOssMetadata.TOKENS_PER_SECOND, end.usage().completion() / seconds);
        }
        return metadata;
    }

    private static DefaultUsage usage(Usage usage) {
        return new DefaultUsage(usage.prompt(), usage.completion(), usage.total(), usage, (long) usage.cached(), null);
    }
}
