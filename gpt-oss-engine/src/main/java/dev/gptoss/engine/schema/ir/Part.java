package dev.gptoss.engine.schema.ir;

import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * What one keyword, or a group of keywords that belong together, says.
 *
 * @param asserted the values that satisfy it
 * @param denied the values that do not
 * @param holds whether one value satisfies it
 * @param inPlace literals whose conjunction it is; empty for a keyword of its own
 */
record Part(Supplier<TypeUnion> asserted, Supplier<TypeUnion> denied, Predicate<JsonNode> holds, int[] inPlace) {

    private static final int[] NOTHING = {};

    Part(Supplier<TypeUnion> asserted, Supplier<TypeUnion> denied, Predicate<JsonNode> holds) {
        this(asserted, denied, holds, NOTHING);
    }
}
