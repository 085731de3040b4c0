package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.SchemaNotSupportedException;
import dev.gptoss.engine.schema.regex.Dfa;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** type, and the keywords of numbers and strings. */
final class ScalarKeywords {

    private static final int MAX_LENGTH = 10_000_000;

    private final SchemaDocument document;
    private final Patterns patterns;
    private final TypeUnion.Context context;

    ScalarKeywords(SchemaDocument document, TypeUnion.Context context) {
        this.document = document;
        this.context = context;
        patterns = context.patterns();
    }

    @Nullable
    Part part(Position position, String keyword, JsonNode value) {
        return switch (keyword) {
            case "type" -> type(position, value);
            case "minLength" -> length(Keywords.count(position, keyword, value), Dfa.UNBOUNDED);
            case "maxLength" -> length(0, Keywords.count(position, keyword, value));
            case "pattern" -> {
                if (!value.isString()) {
                    throw Keywords.malformed(position, keyword, "a string");
                }
                patterns.check(value.stringValue(), position.pointer(), keyword);
                yield strings(
                        StringTerm.in(new StringAtom.Pattern(value.stringValue())),
                        StringTerm.notIn(new StringAtom.Pattern(value.stringValue())));
            }
            case "format" -> format(position, value);
            case "minimum" -> {
                boolean open = position.node().path("exclusiveMinimum").isBoolean()
                        && position.node().path("exclusiveMinimum").booleanValue();
                yield bound(position, keyword, value, true, open);
            }
            case "maximum" -> {
                boolean open = position.node().path("exclusiveMaximum").isBoolean()
                        && position.node().path("exclusiveMaximum").booleanValue();
                yield bound(position, keyword, value, false, open);
            }
            case "exclusiveMinimum" -> value.isBoolean() ? nothing() : bound(position, keyword, value, true, true);
            case "exclusiveMaximum" -> value.isBoolean() ? nothing() : bound(position, keyword, value, false, true);
            case "multipleOf" -> multiple(position, value);
            default -> null;
        };
    }

    private static Part nothing() {
        return new Part(() -> TypeUnion.ANY, () -> TypeUnion.NONE, ignored -> true);
    }

    private Part type(Position position, JsonNode value) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : value.isArray() ? List.copyOf(value.values()) : List.of(value)) {
            if (!name.isString()) {
                throw Keywords.malformed(position, "type", "a name or an array of names");
            }
            names.add(name.stringValue());
        }
        TypeUnion in = TypeUnion.NONE;
        for (String name : names) {
            in = in.or(ofType(position, name), context);
        }
        TypeUnion accepted = in;
        return new Part(
                () -> accepted,
                () -> {
                    TypeUnion out = TypeUnion.ANY;
                    for (String name : names) {
                        out = out.and(ofOtherType(name), context);
                    }
                    return out;
                },
                node -> names.stream().anyMatch(name -> isType(node, name)));
    }

    private TypeUnion ofType(Position position, String name) {
        return switch (name) {
            case "null" -> TypeUnion.ofNull();
            case "boolean" -> TypeUnion.bools(3);
            case "integer" ->
                TypeUnion.numbers(
                        document.dialect.isAtLeast(Dialect.DRAFT_06) // before, 1.0 is a number and no integer
                                ? NumberTerm.INTEGERS
                                : NumberTerm.BARE_INTEGERS);
            case "number" -> TypeUnion.numbers(NumberTerm.FREE);
            case "string" -> TypeUnion.strings(StringTerm.FREE);
            case "array" -> TypeUnion.arrays(ArrayTerm.FREE);
            case "object" -> TypeUnion.objects(ObjectTerm.FREE);
            case "any" -> TypeUnion.ANY; // draft-03
            default ->
                throw new SchemaNotSupportedException(
                        position.pointer(),
                        "type",
                        "'" + name + "' is not one of null, boolean, integer, number, string, array, object");
        };
    }

    private static TypeUnion ofOtherType(String name) {
        TypeUnion any = TypeUnion.ANY;
        return new TypeUnion(
                !name.equals("null"),
                name.equals("boolean") ? 0 : 3,
                switch (name) {
                    case "number" -> List.of();
                    case "integer" -> List.of(NumberTerm.FRACTIONS);
                    default -> any.numbers();
                },
                name.equals("string") ? List.of() : any.strings(),
                name.equals("array") ? List.of() : any.arrays(),
                name.equals("object") ? List.of() : any.objects());
    }

    private static boolean isType(JsonNode node, String name) {
        return switch (name) {
            case "null" -> node.isNull();
            case "boolean" -> node.isBoolean();
            case "integer" -> node.isNumber() && JsonValues.number(node).scale() <= 0;
            case "number" -> node.isNumber();
            case "string" -> node.isString();
            case "array" -> node.isArray();
            case "object" -> node.isObject();
            default -> true;
        };
    }

    private Part strings(StringTerm in, StringTerm out) {
        return new Part(
                () -> TypeUnion.strings(in).orOtherType(),
                () -> TypeUnion.strings(out),
                node -> !node.isString() || in.contains(node.stringValue(), patterns));
    }

    private Part length(int min, int max) {
        int least = Math.min(min, MAX_LENGTH);
        int most = max >= MAX_LENGTH ? Dfa.UNBOUNDED : max;
        StringTerm in = StringTerm.length(least, most);
        Predicate<JsonNode> holds = node -> !node.isString() || in.contains(node.stringValue(), patterns);
        return new Part(
                () -> TypeUnion.strings(in).orOtherType(),
                () -> {
                    List<StringTerm> out = new ArrayList<>();
                    if (least > 0) {
                        out.add(StringTerm.length(0, least - 1));
                    }
                    if (most != Dfa.UNBOUNDED) {
                        out.add(StringTerm.length(most + 1, Dfa.UNBOUNDED));
                    }
                    return TypeUnion.strings(out.toArray(StringTerm[]::new));
                },
                holds);
    }

    private Part format(Position position, JsonNode value) {
        if (!value.isString()) {
            throw Keywords.malformed(position, "format", "a string");
        }
        String name = value.stringValue();
        NumberTerm number = Formats.number(name);
        if (number != null) {
            return numbers(number, complement(number));
        }
        Formats.Format format = Formats.string(name);
        if (format == null) {
            document.annotate(position, "format"); // an unknown format is an annotation
            return nothing();
        }
        StringAtom atom = new StringAtom.Pattern(format.pattern());
        StringTerm in = new StringTerm(Set.of(atom), Set.of(), 0, format.maxLength());
        return new Part(
                () -> TypeUnion.strings(in).orOtherType(),
                () -> TypeUnion.strings(StringTerm.notIn(atom)),
                node -> !node.isString() || in.contains(node.stringValue(), patterns));
    }

    private static NumberTerm[] complement(NumberTerm term) {
        List<NumberTerm> out = new ArrayList<>();
        if (term.low() != null) {
            out.add(NumberTerm.atMost(term.low(), !term.lowOpen()));
        }
        if (term.high() != null) {
            out.add(NumberTerm.atLeast(term.high(), !term.highOpen()));
        }
        if (term.kind() == NumberTerm.Kind.INTEGER) {
            out.add(NumberTerm.FRACTIONS);
        }
        return out.toArray(NumberTerm[]::new);
    }

    private Part numbers(NumberTerm in, NumberTerm... out) {
        return new Part(
                () -> TypeUnion.numbers(in).orOtherType(),
                () -> TypeUnion.numbers(out),
                node -> !node.isNumber() || in.contains(JsonValues.number(node)));
    }

    private Part bound(Position position, String keyword, JsonNode value, boolean isLow, boolean open) {
        if (!value.isNumber()) {
            throw Keywords.malformed(position, keyword, "a number");
        }
        BigDecimal bound = JsonValues.number(value);
        if (bound.precision() - bound.scale() > 400 || bound.scale() > 400) {
            throw new SchemaNotSupportedException(position.pointer(), keyword, "the bound has more than 400 digits");
        }
        return isLow
                ? numbers(NumberTerm.atLeast(bound, open), NumberTerm.atMost(bound, !open))
                : numbers(NumberTerm.atMost(bound, open), NumberTerm.atLeast(bound, !open));
    }

    private Part multiple(Position position, JsonNode value) {
        if (!value.isNumber() || value.decimalValue().signum() <= 0) {
            throw Keywords.malformed(position, "multipleOf", "a positive number");
        }
        BigDecimal step = JsonValues.number(value);
        NumberTerm in = NumberTerm.multiplesOf(step);
        return new Part(
                () -> TypeUnion.numbers(in).orOtherType(),
                () -> {
                    if (step.compareTo(BigDecimal.ONE) != 0) {
                        throw new SchemaNotSupportedException(position.pointer(), "multipleOf", "cannot be negated");
                    }
                    return TypeUnion.numbers(NumberTerm.FRACTIONS);
                },
                node -> !node.isNumber() || in.contains(JsonValues.number(node)));
    }
}
