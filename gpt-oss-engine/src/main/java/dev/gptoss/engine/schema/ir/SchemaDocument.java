package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.SchemaNotSupportedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A schema document: its dialect, the places where schemas stand, and what was read as an annotation. */
final class SchemaDocument {

    private static final int MAX_POSITIONS = 100_000;
    private static final int MAX_ANNOTATIONS = 1_000;

    private final List<Position> positions = new ArrayList<>();
    private final Map<String, Position> byPointer = new HashMap<>();
    private final TreeSet<String> annotations = new TreeSet<>();
    private final References references;
    final Dialect dialect;
    final JsonNode root;

    SchemaDocument(JsonNode root) {
        this.root = root;
        JsonNode named = root.path("$schema");
        dialect = Dialect.named(named.isString() ? named.stringValue() : "");
        positions.add(new Position(0, JsonNodeFactory.instance.booleanNode(true), ""));
        references = new References(root, dialect);
    }

    Position position(int id) {
        return positions.get(id);
    }

    int rootLiteral() {
        return literal("", root);
    }

    /** The literal of the schema that stands at a place below another. */
    int literal(Position parent, JsonNode node, String... path) {
        StringBuilder pointer = new StringBuilder(parent.pointer());
        for (String part : path) {
            pointer.append('/').append(part.replace("~", "~0").replace("/", "~1"));
        }
        return literal(pointer.toString(), node);
    }

    private int literal(String pointer, JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue() ? Literals.TRUE : Literals.FALSE;
        }
        if (!node.isObject()) {
            throw new SchemaNotSupportedException(pointer, "", "a schema is an object or a boolean");
        }
        if (node.isEmpty()) {
            return Literals.TRUE;
        }
        Position known = byPointer.get(pointer);
        if (known == null) {
            if (positions.size() >= MAX_POSITIONS) {
                throw new SchemaNotSupportedException(pointer, "", "more than " + MAX_POSITIONS + " subschemas");
            }
            known = new Position(positions.size(), node, pointer);
            positions.add(known);
            byPointer.put(pointer, known);
        }
        return Literals.of(known);
    }

    /** A position of its own, without keywords, that errors place where another stands. */
    Position addition(Position near) {
        Position made = new Position(positions.size(), JsonNodeFactory.instance.objectNode(), near.pointer());
        positions.add(made);
        return made;
    }

    /** The literal of the schema that a reference names. */
    int resolve(Position from, String keyword, String reference) {
        References.Target target = references.resolve(from.pointer(), reference);
        if (target == null) {
            throw new SchemaNotSupportedException(
                    from.pointer(),
                    keyword,
                    "'" + reference
                            + "' is not found in this document, and others are not fetched; put it under $defs");
        }
        return literal(target.pointer(), target.node());
    }

    boolean hasSingleAnchor(String name) {
        return references.dynamicAnchors(name) <= 1;
    }

    void annotate(Position position, String keyword) {
        if (annotations.size() < MAX_ANNOTATIONS) {
            annotations.add(position.pointer() + "/" + keyword);
        }
    }

    List<String> annotations() {
        return List.copyOf(annotations);
    }

    static @Nullable JsonNode member(Position position, String keyword) {
        return position.node().get(keyword);
    }
}
