package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.SchemaNotSupportedException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the keywords of a position. A keyword that the dialect defines and that cannot be enforced is an error. */
final class Keywords {

    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$id",
            "id",
            "$anchor",
            "$dynamicAnchor",
            "$recursiveAnchor",
            "$vocabulary",
            "$comment",
            "$defs",
            "definitions",
            "title",
            "description",
            "default",
            "examples",
            "example",
            "deprecated",
            "readOnly",
            "writeOnly",
            "contentEncoding",
            "contentMediaType",
            "contentSchema");

    /** Keywords that a group reads from one of the others, and the dialect that brought them. */
    private static final Map<String, Dialect> SINCE = Map.ofEntries(
            Map.entry("const", Dialect.DRAFT_06),
            Map.entry("contains", Dialect.DRAFT_06),
            Map.entry("propertyNames", Dialect.DRAFT_06),
            Map.entry("if", Dialect.DRAFT_07),
            Map.entry("then", Dialect.DRAFT_07),
            Map.entry("else", Dialect.DRAFT_07),
            Map.entry("dependentRequired", Dialect.DRAFT_2019_09),
            Map.entry("dependentSchemas", Dialect.DRAFT_2019_09),
            Map.entry("minContains", Dialect.DRAFT_2019_09),
            Map.entry("maxContains", Dialect.DRAFT_2019_09),
            Map.entry("unevaluatedItems", Dialect.DRAFT_2019_09),
            Map.entry("unevaluatedProperties", Dialect.DRAFT_2019_09),
            Map.entry("$recursiveRef", Dialect.DRAFT_2019_09),
            Map.entry("$dynamicRef", Dialect.DRAFT_2020_12),
            Map.entry("prefixItems", Dialect.DRAFT_2020_12));

    private final SchemaDocument document;
    private final ScalarKeywords scalars;
    private final ConstantKeywords constants;
    private final ArrayKeywords arrays;
    private final ObjectKeywords objects;
    private final Applicators applicators;
    private final UnevaluatedKeywords unevaluated;

    Keywords(Expander expander, SchemaDocument document, Patterns patterns) {
        this.document = document;
        scalars = new ScalarKeywords(document, expander);
        constants = new ConstantKeywords(expander, document);
        arrays = new ArrayKeywords(expander, document);
        objects = new ObjectKeywords(expander, document, patterns);
        applicators = new Applicators(expander, document);
        unevaluated = new UnevaluatedKeywords(expander, document, applicators);
    }

    /** The values of enum or const, null if the position has neither. */
    @Nullable
    List<JsonNode> constants(Position position) {
        if (hidesSiblings(position)) {
            return null;
        }
        JsonNode one = position.node().get("const");
        if (one != null && isDefined("const")) {
            return List.of(one);
        }
        JsonNode several = position.node().get("enum");
        return several != null && several.isArray() ? List.copyOf(several.values()) : null;
    }

    TypeUnion constantUnion(Position position, List<JsonNode> values) {
        return constants.union(position, values);
    }

    private boolean hidesSiblings(Position position) {
        return document.dialect.referenceHidesSiblings()
                && position.node().path("$ref").isString();
    }

    private boolean isDefined(String keyword) {
        return isDefined(keyword, document.dialect);
    }

    static boolean isDefined(String keyword, Dialect dialect) {
        Dialect since = SINCE.get(keyword);
        return since == null || dialect.isAtLeast(since);
    }

    List<Part> parts(Position position) {
        List<Part> out = new ArrayList<>();
        if (hidesSiblings(position)) {
            out.add(applicators.reference(position, "$ref"));
            return out;
        }
        // Types first and applicators last, so that conjunctions shrink early.
        List<Part> late = new ArrayList<>();
        position.node().forEachEntry((keyword, value) -> {
            if (!isDefined(keyword)) {
                document.annotate(position, keyword);
                return;
            }
            Part scalar = scalars.part(position, keyword, value);
            if (scalar == null) {
                scalar = constants.part(position, keyword, value);
            }
            if (scalar != null) {
                out.add(scalar);
                return;
            }
            List<Part> others = arrays.parts(position, keyword, value);
            if (others == null) {
                others = objects.parts(position, keyword, value);
            }
            if (others == null) {
                others = applicators.parts(position, keyword, value);
            }
            if (others == null) {
                others = unevaluated.parts(position, keyword, value);
            }
            if (others != null) {
                late.addAll(others);
            } else if (!ANNOTATIONS.contains(keyword)) {
                document.annotate(position, keyword);
            }
        });
        out.addAll(late);
        return out;
    }

    static int count(Position position, String keyword, JsonNode value) {
        if (!value.isNumber()
                || value.decimalValue().signum() < 0
                || JsonValues.number(value).scale() > 0) {
            throw malformed(position, keyword, "a non-negative integer");
        }
        return value.decimalValue()
                .min(BigDecimal.valueOf(Integer.MAX_VALUE - 1))
                .intValue();
    }

    static SchemaNotSupportedException malformed(Position position, String keyword, String expected) {
        return new SchemaNotSupportedException(position.pointer(), keyword, "must be " + expected);
    }
}
