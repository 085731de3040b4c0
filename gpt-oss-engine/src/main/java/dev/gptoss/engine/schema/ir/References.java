package dev.gptoss.engine.schema.ir;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The names that references of one document can use: pointers, identifiers and anchors. */
final class References {

    /** A place in the document. */
    record Target(String pointer, JsonNode node) {}

    private static final Set<String> MAPS_OF_SCHEMAS =
            Set.of("properties", "patternProperties", "definitions", "$defs", "dependentSchemas", "dependencies");
    private static final Set<String> NOT_SCHEMAS =
            Set.of("enum", "const", "default", "examples", "example", "required");
    private static final int MAX_DEPTH = 500;

    private final JsonNode root;
    private final Dialect dialect;
    private final Map<String, String> bases = new HashMap<>(); // pointer of a resource: its URI
    private final Map<String, Target> resources = new HashMap<>(); // URI without fragment
    private final Map<String, Target> anchors = new HashMap<>(); // URI # anchor
    private final Map<String, Integer> dynamic = new HashMap<>();

    References(JsonNode root, Dialect dialect) {
        this.root = root;
        this.dialect = dialect;
        bases.put("", "");
        resources.put("", new Target("", root));
        index(root, "", "", 0);
    }

    private void index(JsonNode node, String pointer, String outerBase, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                index(node.get(i), pointer + "/" + i, outerBase, depth + 1);
            }
            return;
        }
        if (!node.isObject()) {
            return;
        }
        String base = identify(node, pointer, outerBase);
        node.forEachEntry((key, value) -> {
            if (NOT_SCHEMAS.contains(key)) {
                return;
            }
            String below = pointer + "/" + escape(key);
            if (MAPS_OF_SCHEMAS.contains(key) && value.isObject()) {
                value.forEachEntry((name, schema) -> index(schema, below + "/" + escape(name), base, depth + 2));
            } else if (value.isContainer()) {
                index(value, below, base, depth + 1);
            }
        });
    }

    private String identify(JsonNode node, String pointer, String outerBase) {
        String base = outerBase;
        Target here = new Target(pointer, node);
        JsonNode id = node.path(dialect.idKeyword());
        boolean hidden = dialect.referenceHidesSiblings() && node.path("$ref").isString();
        if (id.isString() && !hidden) {
            String text = id.stringValue();
            if (text.startsWith("#") && text.length() > 1) {
                anchors.putIfAbsent(base + text, here);
            } else {
                String uri = withoutFragment(absolute(outerBase, text));
                base = uri;
                bases.put(pointer, base);
                resources.putIfAbsent(base, here);
            }
        }
        for (String keyword : new String[] {"$anchor", "$dynamicAnchor"}) {
            if (node.path(keyword).isString()) {
                String name = node.path(keyword).stringValue();
                anchors.putIfAbsent(base + "#" + name, here);
                if (keyword.equals("$dynamicAnchor")) {
                    dynamic.merge(name, 1, Integer::sum);
                }
            }
        }
        return base;
    }

    int dynamicAnchors(String name) {
        return dynamic.getOrDefault(name, 0);
    }

    @Nullable
    Target resolve(String from, String reference) {
        String uri = absolute(baseOf(from), reference);
        int hash = uri.indexOf('#');
        String resource = withoutFragment(uri);
        String fragment = hash < 0 ? "" : uri.substring(hash + 1);
        Target start = resources.get(resource);
        if (start == null && reference.startsWith("#")) {
            start = resources.get("");
        }
        if (start == null) {
            return null;
        }
        if (fragment.isEmpty()) {
            return start;
        }
        if (!fragment.startsWith("/")) {
            return anchors.get(resource + "#" + fragment);
        }
        Target found = walk(start, fragment);
        return found != null || !reference.startsWith("#") ? found : walk(new Target("", root), fragment);
    }

    private static @Nullable Target walk(Target start, String fragment) {
        JsonNode node = start.node();
        StringBuilder pointer = new StringBuilder(start.pointer());
        for (String part : fragment.substring(1).split("/", -1)) {
            String key = decode(part).replace("~1", "/").replace("~0", "~");
            JsonNode child =
                    node.isArray() && key.matches("\\d{1,9}") ? node.get(Integer.parseInt(key)) : node.get(key);
            if (child == null) {
                return null;
            }
            node = child;
            pointer.append('/').append(escape(key));
        }
        return new Target(pointer.toString(), node);
    }

    private String baseOf(String pointer) {
        String at = pointer;
        while (!bases.containsKey(at)) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return bases.getOrDefault(at, "");
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a percent sign that is no escape stands for itself
        }
    }

    private static String absolute(String base, String reference) {
        if (reference.startsWith("#")) {
            return base + reference;
        }
        try {
            return base.isEmpty()
                    ? reference
                    : new URI(base).resolve(new URI(reference)).toString();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return reference;
        }
    }

    private static String withoutFragment(String uri) {
        int hash = uri.indexOf('#');
        return hash < 0 ? uri : uri.substring(0, hash);
    }

    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
