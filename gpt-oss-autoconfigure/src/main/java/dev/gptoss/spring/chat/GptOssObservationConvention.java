package dev.gptoss.spring.chat;

import io.micrometer.common.KeyValues;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;

/** Spring AI's convention, with reasoning tokens, time to first token and tokens a second as further values. */
public class GptOssObservationConvention extends DefaultChatModelObservationConvention {

    static final String REASONING_TOKENS = "gptoss.usage.reasoning_tokens";
    static final String TIME_TO_FIRST_TOKEN = "gptoss.time_to_first_token";
    static final String TOKENS_PER_SECOND = "gptoss.tokens_per_second";

    @Override
    public KeyValues getHighCardinalityKeyValues(ChatModelObservationContext context) {
        KeyValues values = super.getHighCardinalityKeyValues(context);
        if (context.getResponse() == null) {
            return values;
        }
        ChatResponseMetadata metadata = context.getResponse().getMetadata();
        values = with(values, REASONING_TOKENS, metadata.get(GptOssMetadata.REASONING_TOKENS));
        Duration first = metadata.get(GptOssMetadata.TIME_TO_FIRST_TOKEN);
        values = with(values, TIME_TO_FIRST_TOKEN, first == null ? null : rounded(first.toNanos() / 1e9));
        Double speed = metadata.get(GptOssMetadata.TOKENS_PER_SECOND);
        return with(values, TOKENS_PER_SECOND, speed == null ? null : rounded(speed));
    }

    private static KeyValues with(KeyValues values, String key, @Nullable Object value) {
        return value == null ? values : values.and(key, value.toString());
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
