package dev.gptoss.spring.chat;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Names of tools as the model knows them. It was trained on identifiers, so other characters become underscores; two
 * names that would become the same are told apart by a number.
 */
final class ToolNames {

    private final Map<String, String> toModel = new HashMap<>();
    private final Map<String, String> toApplication = new HashMap<>();

    ToolNames(Collection<String> names) {
        names.stream().filter(ToolNames::isIdentifier).forEach(name -> put(name, name));
        names.stream().filter(name -> !isIdentifier(name)).forEach(this::putRenamed);
    }

    /** The name the model knows; of tools that are gone too, as a history may tell of them. */
    String toModel(String name) {
        return toModel.getOrDefault(name, identifier(name));
    }

    /** The name the application knows. */
    String toApplication(String name) {
        return toApplication.getOrDefault(name, name);
    }

    private void putRenamed(String name) {
        String base = identifier(name);
        String renamed = base;
        for (int i = 2; toApplication.containsKey(renamed); i++) {
            renamed = base + "_" + i;
        }
        put(name, renamed);
    }

    private void put(String name, String modelName) {
        toModel.put(name, modelName);
        toApplication.put(modelName, name);
    }

    private static boolean isIdentifier(String name) {
        return name.equals(identifier(name));
    }

    private static String identifier(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    }
}
