package dev.gptoss.engine.harmony;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads any text as a header. What can be told is told, what cannot is left out, and the text is kept beside the fields
 * where they do not hold all of it.
 */
final class ServerHeader {

    /** Recipients of an assistant message that mean nobody in particular. */
    private static final Set<String> EVERYBODY = Set.of("assistant", "user", HarmonyGrammar.RECIPIENT_ALL);

    private static final Pattern QUALIFIED_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)+");

    private final String text;
    private final ToolNames tools;
    private final List<String> words;
    private final Author author;
    private final @Nullable String channel;
    private final @Nullable String contentType; // behind a marker
    private @Nullable String gluedType; // cut from the recipient
    private boolean isMended;

    private ServerHeader(String text, @Nullable Role given, ToolNames tools) {
        this.text = text;
        this.tools = tools;
        HeaderText header = HeaderText.of(text);
        this.words = header.words();
        this.contentType = lastType(header.types());
        this.author = author(given);
        this.channel = channel(header.channels());
    }

    /**
     * The header that a text means.
     *
     * @param given the role that was prompted with, or null if the text begins with it
     */
    static Header read(String text, @Nullable Role given, ToolNames tools) {
        return new ServerHeader(text, given, tools).header();
    }

    /** Whether a text begins as a header does: with a role, or with a known channel behind its marker. */
    static boolean looksLikeHeader(String text) {
        HeaderText header = HeaderText.of(text);
        boolean hasChannel =
                !header.channels().isEmpty() && ChannelWord.in(header.channels().getLast()) != null;
        if (header.words().isEmpty()) {
            return hasChannel;
        }
        String first = header.words().getFirst();
        boolean addressed = header.words().stream().anyMatch(word -> word.startsWith(HarmonyGrammar.TO));
        return Role.ofWord(first) != null
                || hasChannel
                || addressed && QUALIFIED_NAME.matcher(first).matches();
    }

    private Header header() {
        String recipient = recipient();
        String typeWord = contentType == null ? typeWord(recipient != null) : contentType;
        isMended |= !words.isEmpty();
        return new Header(author, recipient, channel, typeWord == null ? gluedType : typeWord, isMended ? text : null);
    }

    private Author author(@Nullable Role given) {
        if (given != null) {
            if (!words.isEmpty() && words.getFirst().equals(given.word())) {
                words.removeFirst();
            }
            return Author.of(given);
        }
        if (words.isEmpty()) {
            return Author.of(Role.ASSISTANT);
        }
        String first = words.getFirst();
        String name = first.substring(first.indexOf(':') + 1);
        Role role = Role.ofWord(name.length() < first.length() ? first.substring(0, first.indexOf(':')) : first);
        if (role != null) {
            words.removeFirst();
            boolean isNamed = role == Role.TOOL || name.length() < first.length();
            return new Author(role, isNamed ? name : null);
        }
        if (first.startsWith(Role.ASSISTANT.word())) {
            words.set(0, first.substring(Role.ASSISTANT.word().length()));
        } else if (isTool(first)) {
            words.removeFirst();
            return Author.tool(first);
        }
        return Author.of(Role.ASSISTANT);
    }

    /** A tool's result begins with the tool's name. */
    private boolean isTool(String first) {
        if (first.startsWith(HarmonyGrammar.TO)) {
            return false;
        }
        boolean addressed = words.stream().anyMatch((HarmonyGrammar.TO + Role.ASSISTANT.word())::equals);
        return addressed
                || tools.declares(first)
                || QUALIFIED_NAME.matcher(first).matches();
    }

    /** The last channel wins; without any marker, a channel's name in first place. */
    private @Nullable String channel(List<String> values) {
        List<String> named = values.stream().filter(value -> !value.isEmpty()).toList();
        isMended |= named.size() > 1;
        if (!named.isEmpty()) {
            ChannelWord found = ChannelWord.in(named.getLast());
            return found == null ? named.getLast() : take(found);
        }
        if (author.role() == Role.ASSISTANT && !words.isEmpty()) {
            ChannelWord found = ChannelWord.in(words.getFirst());
            if (found != null) {
                words.removeFirst();
                return take(found);
            }
        }
        return null;
    }

    private String take(ChannelWord found) {
        isMended |= !found.isExact();
        if (!found.rest().isEmpty()) {
            words.addFirst(found.rest());
        }
        return found.channel().word();
    }

    private @Nullable String recipient() {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith(HarmonyGrammar.TO)) {
                return addressed(i);
            }
        }
        if (author.role() == Role.ASSISTANT && !Channel.FINAL.is(channel)) {
            for (int i = 0; i < words.size(); i++) {
                String declared = resolve(words.get(i), i + 1);
                if (declared != null || QUALIFIED_NAME.matcher(words.get(i)).matches()) {
                    String written = words.remove(i);
                    return mended(written, declared);
                }
            }
        }
        return null;
    }

    /** The recipient that {@code to=} at a place names. */
    private @Nullable String addressed(int place) {
        String written = words.remove(place).substring(HarmonyGrammar.TO.length());
        if (written.isEmpty() && place < words.size()) {
            written = words.remove(place);
        }
        int cut = written.indexOf('<');
        String name = cut > 0 ? written.substring(0, cut) : written;
        isMended |= cut > 0;
        if (author.role() != Role.ASSISTANT) {
            return name;
        }
        if (EVERYBODY.contains(name) || name.isEmpty()) {
            isMended = true;
            return null;
        }
        return mended(name, resolve(name, place));
    }

    /** What a name means, with the word behind it where the name is a namespace; that word is then used up. */
    private @Nullable String resolve(String name, int next) {
        String declared = tools.resolve(name);
        if (declared == null && next < words.size()) {
            declared = tools.declares(name + "." + words.get(next)) ? name + "." + words.get(next) : null;
            if (declared != null) {
                words.remove(next);
            }
        }
        return declared;
    }

    private String mended(String written, @Nullable String declared) {
        if (declared == null) {
            return written;
        }
        isMended |= !declared.equals(written);
        for (String type : HarmonyGrammar.TYPE_WORDS) {
            if (written.endsWith(type) && !declared.endsWith(type)) {
                gluedType = type;
            }
        }
        return declared;
    }

    /** The last word that is known as a content type; behind a recipient also a single unknown one. */
    private @Nullable String typeWord(boolean hasRecipient) {
        for (int i = words.size() - 1; i >= 0; i--) {
            if (HarmonyGrammar.TYPE_WORDS.contains(words.get(i))) {
                return words.remove(i);
            }
        }
        return hasRecipient && words.size() == 1 ? words.removeFirst() : null;
    }

    private @Nullable String lastType(List<String> values) {
        if (values.isEmpty()) {
            return null;
        }
        isMended |= values.size() > 1;
        return HarmonyGrammar.CONSTRAIN_MARKER + Objects.requireNonNull(values.getLast());
    }
}
