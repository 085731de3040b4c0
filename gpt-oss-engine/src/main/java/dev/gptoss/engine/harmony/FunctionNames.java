package dev.gptoss.engine.harmony;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The identifiers that functions are shown to the model under, and the way back: space, {@code -} and {@code .} become
 * {@code _}, other characters are left out, a leading digit gets a {@code _} before it, and what would be the same gets
 * {@code _2}, {@code _3} and so on.
 */
public final class FunctionNames {

    private final Map<String, String> shown = new LinkedHashMap<>();
    private final Map<String, String> originals = new HashMap<>();

    private FunctionNames() {}

    /** Names in the order they are declared. */
    public static FunctionNames of(Collection<String> names) {
        FunctionNames functions = new FunctionNames();
        names.forEach(functions::add);
        return functions;
    }

    /**
     * The identifier of a function.
     *
     * @throws IllegalArgumentException if there is no such function
     */
    public String shown(String original) {
        String name = shown.get(original);
        if (name == null) {
            throw new IllegalArgumentException("no function " + original + "; there are " + shown.keySet());
        }
        return name;
    }

    /** The function of an identifier; the identifier itself if it is none of a function. */
    public String original(String identifier) {
        return originals.getOrDefault(identifier, identifier);
    }

    private void add(String name) {
        if (shown.containsKey(name)) {
            return;
        }
        String identifier = identifier(name);
        String unique = identifier;
        for (int n = 2; originals.containsKey(unique); n++) {
            unique = identifier + "_" + n;
        }
        shown.put(name, unique);
        originals.put(unique, name);
    }

    private static String identifier(String name) {
        StringBuilder identifier = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == ' ' || c == '-' || c == '.') {
                identifier.append('_');
            } else if (c == '_' || c < 0x80 && Character.isLetterOrDigit(c)) {
                identifier.append(c);
            }
        }
        if (identifier.isEmpty() || Character.isDigit(identifier.charAt(0))) {
            identifier.insert(0, '_');
        }
        return identifier.toString();
    }
}
