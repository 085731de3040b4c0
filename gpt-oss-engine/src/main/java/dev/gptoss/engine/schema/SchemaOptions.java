package dev.gptoss.engine.schema;

/**
 * How a schema is turned into text.
 *
 * @param order order of the keys of an object
 * @param whitespace whitespace between the parts of a document
 */
public record SchemaOptions(PropertyOrder order, Whitespace whitespace) {

    /** Any key order, compact text only. */
    public static final SchemaOptions DEFAULT = new SchemaOptions(PropertyOrder.ANY, Whitespace.COMPACT);

    /** Order of the keys of an object. */
    public enum PropertyOrder {
        /** Each key once, in any order. */
        ANY,
        /** Declared keys in the order of the schema, then the others. */
        SCHEMA
    }

    /** Whitespace between the parts of a document. There is never any before or after it. */
    public enum Whitespace {
        /** None. */
        COMPACT,
        /** At most one space, or one newline and at most 40 spaces, after a comma, a colon or an opening bracket and before a
         * closing one. */
        FLEXIBLE
    }
}
