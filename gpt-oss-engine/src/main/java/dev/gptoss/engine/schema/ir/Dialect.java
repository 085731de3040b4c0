package dev.gptoss.engine.schema.ir;

import java.util.Locale;

/** A version of the JSON Schema language. */
enum Dialect {
    DRAFT_04,
    DRAFT_06,
    DRAFT_07,
    DRAFT_2019_09,
    DRAFT_2020_12;

    /** The dialect that a {@code $schema} names; 2020-12 if it names none that is known. */
    static Dialect named(String schema) {
        String name = schema.toLowerCase(Locale.ROOT);
        if (name.contains("draft-03") || name.contains("draft-04")) {
            return DRAFT_04;
        }
        if (name.contains("draft-06")) {
            return DRAFT_06;
        }
        if (name.contains("draft-07")) {
            return DRAFT_07;
        }
        return name.contains("2019-09") ? DRAFT_2019_09 : DRAFT_2020_12;
    }

    boolean isAtLeast(Dialect other) {
        return compareTo(other) >= 0;
    }

    /** Up to draft-07 a reference hides the keywords beside it. */
    boolean referenceHidesSiblings() {
        return !isAtLeast(DRAFT_2019_09);
    }

    String idKeyword() {
        return this == DRAFT_04 ? "id" : "$id";
    }
}
