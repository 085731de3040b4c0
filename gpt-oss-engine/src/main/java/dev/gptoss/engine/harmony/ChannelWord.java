package dev.gptoss.engine.harmony;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A known channel found in a miswritten word such as {@code commentaryjson} or {@code ––commentary}.
 *
 * @param rest what follows the channel's name in the word
 * @param isExact whether the word is the channel's name and nothing else
 */
record ChannelWord(Channel channel, String rest, boolean isExact) {

    /** The channel whose name the letters of the word begin with, or null. */
    static @Nullable ChannelWord in(String word) {
        for (Channel channel : Channel.values()) {
            if (channel.is(word)) {
                return new ChannelWord(channel, "", true);
            }
        }
        int start = 0;
        while (start < word.length() && !Character.isLetter(word.charAt(start))) {
            start++;
        }
        for (Channel channel : Channel.values()) {
            int length = channel.word().length();
            if (word.regionMatches(true, start, channel.word(), 0, length)) {
                return new ChannelWord(channel, word.substring(start + length), false);
            }
        }
        StringBuilder letters = new StringBuilder();
        word.chars().filter(Character::isLetter).forEach(c -> letters.append((char) c));
        for (Channel channel : Channel.values()) {
            if (letters.toString().toLowerCase(Locale.ROOT).startsWith(channel.word())) {
                return new ChannelWord(channel, "", false);
            }
        }
        return null;
    }
}
