package dev.gptoss.spring.records;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The beginning of a JSON text as the value it is so far: open objects, arrays and texts are closed, and a key without a
 * value, a number or a word that may go on are left out.
 */
final class PartialJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String text;
    private final Deque<Character> open = new ArrayDeque<>();
    private boolean isKeyNext;
    private int scalarStart = -1;
    private int wholeEnd;
    private String wholeClosing = "";

    private PartialJson(String text) {
        this.text = text;
    }

    /** The value so far, or null if there is none yet. */
    static @Nullable JsonNode read(String text) {
        String closed = new PartialJson(text).close();
        if (closed.isBlank()) {
            return null;
        }
        try {
            return JSON.readTree(closed);
        } catch (JacksonException e) {
            return null;
        }
    }

    private String close() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                int end = endOfString(i);
                if (end < 0) {
                    return isKeyNext ? whole() : withoutPartialEscape() + '"' + closing();
                }
                i = end;
                if (!isKeyNext) {
                    valueEndsAt(i + 1);
                }
            } else {
                structure(c, i);
            }
        }
        return whole();
    }

    private void structure(char c, int i) {
        boolean isScalarPart = "{}[],: \t\r\n".indexOf(c) < 0;
        if (isScalarPart) {
            scalarStart = scalarStart < 0 ? i : scalarStart;
            return;
        }
        if (scalarStart >= 0) {
            valueEndsAt(i);
            scalarStart = -1;
        }
        switch (c) {
            case '{', '[' -> {
                open.push(c == '{' ? '}' : ']');
                isKeyNext = c == '{';
                valueEndsAt(i + 1);
            }
            case '}', ']' -> {
                open.poll();
                isKeyNext = false;
                valueEndsAt(i + 1);
            }
            case ',' -> isKeyNext = !open.isEmpty() && open.peek() == '}';
            case ':' -> isKeyNext = false;
            default -> {}
        }
    }

    /** Index of the closing quote, or -1. */
    private int endOfString(int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private String withoutPartialEscape() {
        int backslash = text.lastIndexOf('\\');
        int backslashes = 0;
        while (backslash - backslashes >= 0 && text.charAt(backslash - backslashes) == '\\') {
            backslashes++;
        }
        int length = text.length() - backslash;
        boolean isEscape = backslash >= 0 && backslashes % 2 == 1;
        boolean isPartial = isEscape && (length == 1 || text.charAt(backslash + 1) == 'u' && length < 6);
        return isPartial ? text.substring(0, backslash) : text;
    }

    private void valueEndsAt(int end) {
        wholeEnd = end;
        wholeClosing = closing();
    }

    private String whole() {
        return text.substring(0, wholeEnd) + wholeClosing;
    }

    private String closing() {
        StringBuilder closing = new StringBuilder();
        open.forEach(closing::append);
        return closing.toString();
    }
}
