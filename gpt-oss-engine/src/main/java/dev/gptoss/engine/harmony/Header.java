package dev.gptoss.engine.harmony;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A header that was read: a message without its content. */
record Header(
        Author author,
        @Nullable String recipient,
        @Nullable String channel,
        @Nullable String contentType,
        @Nullable String repaired) {

    static Header of(Message message) {
        return new Header(
                message.author(),
                message.recipient(),
                message.channel(),
                message.contentType(),
                message.repairedHeader());
    }

    Message message(String text) {
        return new Message(author, recipient, channel, contentType, List.of(new TextContent(text)), repaired);
    }
}
