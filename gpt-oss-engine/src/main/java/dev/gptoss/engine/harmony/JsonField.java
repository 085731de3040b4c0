package dev.gptoss.engine.harmony;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A place in foreign JSON, which knows its path for errors. */
record JsonField(String path, String name, JsonNode value) {

    static JsonField root(String name, JsonNode value) {
        return new JsonField(name, name, value);
    }

    boolean isAbsent() {
        return value.isMissingNode() || value.isNull();
    }

    boolean isArray() {
        return value.isArray();
    }

    boolean isObject() {
        return value.isObject();
    }

    /** The member of an object; absent if there is none. */
    JsonField member(String member) {
        if (!isAbsent() && !value.isObject()) {
            throw expected("an object");
        }
        JsonNode found = value.get(member);
        return new JsonField(path + "." + member, member, found == null ? MissingNode.getInstance() : found);
    }

    /** All members of an object, in order; none if absent. */
    List<JsonField> members() {
        List<JsonField> members = new ArrayList<>();
        if (isAbsent()) {
            return members;
        }
        if (!value.isObject()) {
            throw expected("an object");
        }
        value.properties().forEach(property -> members.add(member(property.getKey())));
        return members;
    }

    /** All elements of a list; none if absent. */
    List<JsonField> elements() {
        List<JsonField> elements = new ArrayList<>();
        if (isAbsent()) {
            return elements;
        }
        if (!value.isArray()) {
            throw expected("a list");
        }
        for (JsonNode element : value) {
            elements.add(new JsonField(path + "[" + elements.size() + "]", name, element));
        }
        return elements;
    }

    @Nullable
    String text() {
        return isAbsent() ? null : requiredText();
    }

    String textOr(String other) {
        return isAbsent() ? other : requiredText();
    }

    String requiredText() {
        if (!value.isString()) {
            throw expected("a text");
        }
        return value.stringValue();
    }

    boolean flag(boolean other) {
        if (isAbsent()) {
            return other;
        }
        if (!value.isBoolean()) {
            throw expected("true or false");
        }
        return value.booleanValue();
    }

    IllegalArgumentException expected(String what) {
        String found = value.isMissingNode() ? "nothing" : value.toString();
        String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
        return new IllegalArgumentException(path + " must be " + what + ", was " + shown);
    }
}
