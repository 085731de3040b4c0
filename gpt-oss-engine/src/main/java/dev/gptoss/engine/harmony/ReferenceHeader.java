package dev.gptoss.engine.harmony;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a header's text as the reference library does. */
final class ReferenceHeader {

    private final Author author;
    private final @Nullable String channel;
    private final List<String> parts; // what is left of the text, split at white space

    private ReferenceHeader(String text, @Nullable Role given) {
        int marker = text.indexOf(HarmonyGrammar.CHANNEL_MARKER);
        String rest = text;
        String found = null;
        if (marker >= 0) {
            int start = marker + HarmonyGrammar.CHANNEL_MARKER.length();
            int end = wordEnd(text, start);
            if (end == start) {
                throw new HarmonyParseException("channel marker present but no channel value found in header");
            }
            found = text.substring(start, end);
            rest = text.substring(0, marker) + text.substring(end);
        }
        channel = found;
        rest = rest.replace(HarmonyGrammar.CONSTRAIN_MARKER, " " + HarmonyGrammar.CONSTRAIN_MARKER);
        parts = new ArrayList<>(Arrays.asList(WhiteSpace.trim(rest).split("[ \\t\\n\\f\\r]+")));
        parts.removeIf(String::isEmpty);
        author = takeAuthor(given);
    }

    /** The header of a message. */
    static Header parse(String text, @Nullable Role given) {
        ReferenceHeader header = new ReferenceHeader(text, given);
        String recipient = null;
        String contentType = null;
        List<String> parts = header.parts;
        if (parts.size() == 1 || !parts.isEmpty() && parts.getLast().startsWith(HarmonyGrammar.TO)) {
            recipient = withoutTo(parts.removeLast());
        } else if (!parts.isEmpty()) {
            contentType = parts.removeLast();
            recipient = withoutTo(parts.removeLast());
        }
        if (!parts.isEmpty()) {
            throw new HarmonyParseException(
                    "unexpected tokens remaining in message header: " + String.join(" ", parts));
        }
        return new Header(header.author, recipient, header.channel, contentType, null);
    }

    /** A message that was ended before its header was: what is left of the header is its content. */
    static Message messageWithoutMarker(String text, Role given) {
        ReferenceHeader header = new ReferenceHeader(text, given);
        return new Header(header.author, null, header.channel, null, null).message(String.join(" ", header.parts));
    }

    private Author takeAuthor(@Nullable Role given) {
        Role role = given;
        String name = null;
        if (role == null) {
            if (parts.isEmpty()) {
                throw new HarmonyParseException("message header did not contain a role");
            }
            String first = parts.getFirst();
            name = first;
            role = Role.ofWord(first);
            if (role == null) {
                if (parts.size() == 1 && !first.startsWith(HarmonyGrammar.TO)) {
                    throw new HarmonyParseException("Unknown role: " + first);
                }
                role = Role.TOOL;
                parts.removeFirst();
            }
        }
        if (!parts.isEmpty() && parts.getFirst().equals(role.word())) {
            parts.removeFirst();
        }
        return new Author(role, role == Role.TOOL ? name : null);
    }

    private static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '<' && !WhiteSpace.is(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static String withoutTo(String part) {
        return part.startsWith(HarmonyGrammar.TO) ? part.substring(HarmonyGrammar.TO.length()) : part;
    }
}
