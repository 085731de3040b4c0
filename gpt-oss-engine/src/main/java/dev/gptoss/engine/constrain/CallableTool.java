package dev.gptoss.engine.constrain;

import dev.gptoss.engine.harmony.Channel;
import dev.gptoss.engine.schema.CompiledSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tool that the model may call.
 *
 * @param recipient such as {@code functions.get_weather}, {@code browser.search} or {@code python}
 * @param channels channels its calls may be on
 * @param contentTypes what a header may say after the recipient; it may always say nothing
 * @param arguments what a call may say, or null for any text
 */
public record CallableTool(
        String recipient,
        List<Channel> channels,
        List<String> contentTypes,
        @Nullable CompiledSchema arguments) {

    public CallableTool {
        channels = List.copyOf(channels);
        contentTypes = List.copyOf(contentTypes);
    }
}
