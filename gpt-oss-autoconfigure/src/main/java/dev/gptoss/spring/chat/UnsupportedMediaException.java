package dev.gptoss.spring.chat;

import org.springframework.util.MimeType;

/** A message carries something other than text. */
public final class UnsupportedMediaException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnsupportedMediaException(MimeType type) {
        super("gpt-oss reads text alone, the message carries media of type " + type
                + ". Leave it out, or turn it into text first.");
    }
}
