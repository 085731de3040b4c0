package dev.gptoss.engine.schema.ir;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Equality of JSON values as the specification defines it: numbers by value, objects without regard to order. */
final class JsonValues {

    private JsonValues() {}

    /** An object that equals another exactly if the JSON values are equal. */
    static @Nullable Object canonical(JsonNode node) {
        if (node.isNumber()) {
            return number(node);
        }
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isArray()) {
            List<@Nullable Object> out = new ArrayList<>();
            node.forEach(item -> out.add(canonical(item)));
            return out;
        }
        if (node.isObject()) {
            Map<String, @Nullable Object> out = new HashMap<>();
            node.forEachEntry((key, value) -> out.put(key, canonical(value)));
            return out;
        }
        return null;
    }

    /** The value without trailing zeros, so that equal numbers are equal objects. */
    static BigDecimal number(JsonNode node) {
        BigDecimal value = node.decimalValue();
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
