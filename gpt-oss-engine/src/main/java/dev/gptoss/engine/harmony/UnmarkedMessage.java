package dev.gptoss.engine.harmony;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that ended before {@code <|message|>} came: what is no header in it is its content.
 *
 * @param text the content, which may be empty
 */
record UnmarkedMessage(Header header, String text) {

    /** Reads the text that stood where a header was expected. */
    static UnmarkedMessage read(String raw, @Nullable Role given, ToolNames tools) {
        String text = raw;
        Role role = given == null ? Role.ASSISTANT : given;
        String first = firstWord(text);
        Role named = Role.ofWord(first);
        if (named != null && (given == null || named == given)) {
            role = named;
            text = WhiteSpace.trim(text).substring(first.length());
        }
        String channel = null;
        int channels = 0;
        int done = 0;
        StringBuilder content = new StringBuilder();
        for (int marker = text.indexOf(HarmonyGrammar.CHANNEL_MARKER);
                marker >= 0;
                marker = text.indexOf(HarmonyGrammar.CHANNEL_MARKER, done)) {
            content.append(text, done, marker);
            int start = wordStart(text, marker + HarmonyGrammar.CHANNEL_MARKER.length());
            int end = wordEnd(text, start);
            String word = text.substring(start, end);
            ChannelWord found = ChannelWord.in(word);
            channel = found != null ? found.channel().word() : word.isEmpty() ? channel : word;
            channels++;
            done = end - (found == null ? 0 : found.rest().length());
        }
        content.append(text, done, text.length());
        String stray = channels > 1 ? raw : null;
        Header plain = new Header(Author.of(role), null, channel, null, stray);
        return new UnmarkedMessage(plain, WhiteSpace.trim(content.toString())).asCall(tools);
    }

    /** Whether there is more than a role. */
    boolean saysSomething() {
        return !text.isEmpty() || header.channel() != null || header.recipient() != null;
    }

    /** A call of a declared tool is one even so. */
    private UnmarkedMessage asCall(ToolNames tools) {
        if (header.author().role() != Role.ASSISTANT || !text.startsWith(HarmonyGrammar.TO)) {
            return this;
        }
        String word = firstWord(text);
        String recipient = tools.resolve(word.substring(HarmonyGrammar.TO.length()));
        if (recipient == null) {
            return this;
        }
        String rest = WhiteSpace.trim(text.substring(word.length()));
        String type = null;
        for (String candidate : List.of(HarmonyGrammar.CONSTRAINED_JSON, "json", "code")) {
            if (type == null && rest.startsWith(candidate)) {
                type = candidate;
                rest = WhiteSpace.trim(rest.substring(candidate.length()));
            }
        }
        boolean isExact = word.equals(HarmonyGrammar.TO + recipient);
        String repaired = header.repaired() != null || isExact ? header.repaired() : word;
        return new UnmarkedMessage(new Header(header.author(), recipient, header.channel(), type, repaired), rest);
    }

    private static String firstWord(String text) {
        int start = wordStart(text, 0);
        return text.substring(start, wordEnd(text, start));
    }

    private static int wordStart(String text, int from) {
        int start = from;
        while (start < text.length() && WhiteSpace.is(text.charAt(start))) {
            start++;
        }
        return start;
    }

    private static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '<' && !WhiteSpace.is(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
