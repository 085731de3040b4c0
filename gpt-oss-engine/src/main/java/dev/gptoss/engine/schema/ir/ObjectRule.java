package dev.gptoss.engine.schema.ir;

import java.util.Map;

/**
 * What one schema says of the values of an object.
 *
 * @param properties literal by key, in the order of the schema
 * @param patterns literal by pattern
 * @param additional literal of the values of all other keys
 */
record ObjectRule(Map<String, Integer> properties, Map<String, Integer> patterns, int additional) {

    static ObjectRule of(String key, int literal) {
        return new ObjectRule(Map.of(key, literal), Map.of(), Literals.TRUE);
    }
}
