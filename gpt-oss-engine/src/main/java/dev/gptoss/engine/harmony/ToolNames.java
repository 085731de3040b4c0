package dev.gptoss.engine.harmony;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The recipients that were declared, and which of them a miswritten one means. */
public final class ToolNames {

    /** Nothing is declared, or it is not known what. */
    public static final ToolNames NONE = new ToolNames(Set.of());

    private static final String FUNCTIONS = ToolNamespace.FUNCTIONS + ".";

    private final Set<String> declared;
    private final Map<String, List<String>> byPlainName;

    private ToolNames(Set<String> declared) {
        this.declared = declared;
        this.byPlainName = declared.stream().collect(Collectors.groupingBy(ToolNames::plain));
    }

    /** Recipients such as {@code functions.get_weather}, {@code browser.search} or {@code python}. */
    public static ToolNames of(Collection<String> recipients) {
        return new ToolNames(new LinkedHashSet<>(recipients));
    }

    /** What the system and developer messages of a conversation declare. */
    public static ToolNames of(Conversation conversation) {
        Set<String> names = new LinkedHashSet<>();
        for (Message message : conversation.messages()) {
            for (Content content : message.content()) {
                Map<String, ToolNamespace> tools = switch (content) {
                    case SystemContent system -> system.tools();
                    case DeveloperContent developer -> developer.tools();
                    case TextContent text -> Map.of();
                };
                tools.values().forEach(namespace -> names.addAll(recipients(namespace)));
            }
        }
        return new ToolNames(names);
    }

    /** Whether exactly this recipient was declared. */
    public boolean declares(String recipient) {
        return declared.contains(recipient);
    }

    /** All declared recipients. */
    public Set<String> all() {
        return Set.copyOf(declared);
    }

    /**
     * The declared recipient that a text means: exactly, without or with a wrong namespace, with {@code json} or
     * {@code code} appended, or in other case and punctuation where that leaves one choice. Null if it means none.
     */
    public @Nullable String resolve(String written) {
        if (declared.isEmpty()) {
            return null;
        }
        String name = withoutPunctuation(written);
        for (String candidate : List.of(written, name, withoutType(name))) {
            String found = inSomeNamespace(candidate);
            if (found != null) {
                return found;
            }
        }
        String alike = alike(name);
        return alike != null ? alike : alike(withoutType(name));
    }

    private @Nullable String inSomeNamespace(String name) {
        if (declared.contains(name)) {
            return name;
        }
        if (declared.contains(FUNCTIONS + name)) {
            return FUNCTIONS + name;
        }
        String bare = name.startsWith(FUNCTIONS) ? name.substring(FUNCTIONS.length()) : name;
        return declared.contains(bare) ? bare : null;
    }

    private @Nullable String alike(String name) {
        String plain = plain(name);
        List<String> matches = Stream.of(plain, plain(FUNCTIONS) + plain)
                .flatMap(key -> byPlainName.getOrDefault(key, List.of()).stream())
                .toList();
        return matches.size() == 1 ? matches.getFirst() : null;
    }

    /** Letters and digits that differ in no more than case and the characters that identifiers lack. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    private static String withoutType(String name) {
        for (String type : HarmonyGrammar.TYPE_WORDS) {
            if (name.endsWith(type) && name.length() > type.length()) {
                return name.substring(0, name.length() - type.length());
            }
        }
        return name;
    }

    private static String withoutPunctuation(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && !isNamePart(name.charAt(start))) {
            start++;
        }
        while (end > start && !isNamePart(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(start, end);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static List<String> recipients(ToolNamespace namespace) {
        return namespace.tools().isEmpty()
                ? List.of(namespace.name())
                : namespace.tools().stream()
                        .map(tool -> namespace.name() + "." + tool.name())
                        .toList();
    }
}
