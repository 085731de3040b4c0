package dev.gptoss.engine.schema;

/** A schema that cannot be enforced, told at compile time. */
public final class SchemaNotSupportedException extends RuntimeException {

    private final String pointer;
    private final String keyword;
    private final String reason;

    /**
     * @param pointer JSON pointer of the schema that holds the keyword
     * @param keyword keyword that cannot be enforced, empty if the schema as a whole is meant
     * @param reason why, and the way out
     */
    public SchemaNotSupportedException(String pointer, String keyword, String reason) {
        super("schema at '" + (pointer.isEmpty() ? "#" : "#" + pointer) + "'"
                + (keyword.isEmpty() ? "" : ", keyword '" + keyword + "'") + ": " + reason);
        this.pointer = pointer;
        this.keyword = keyword;
        this.reason = reason;
    }

    /** JSON pointer of the schema that holds the keyword. */
    public String pointer() {
        return pointer;
    }

    /** Keyword that cannot be enforced, empty if the schema as a whole is meant. */
    public String keyword() {
        return keyword;
    }

    /** Why, and the way out. */
    public String reason() {
        return reason;
    }
}
