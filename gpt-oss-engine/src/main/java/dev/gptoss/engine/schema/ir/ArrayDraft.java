package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.SchemaNotSupportedException;
import dev.gptoss.engine.schema.automaton.ArrayShape;
import dev.gptoss.engine.schema.automaton.Node;
import dev.gptoss.engine.schema.automaton.Option;
import dev.gptoss.engine.schema.regex.Dfa;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An array term whose items are nodes. */
final class ArrayDraft {

    private static final int MAX_DEMANDS = 3;
    private static final int MAX_PREFIX = 1_000;
    private static final int MAX_COUNTED = 100_000;

    private final ArrayTerm term;
    private final String pointer;
    private final List<ArrayTerm.Contained> demands;
    private final Option[][] prefix;
    private final Option[] rest;
    private final boolean isUnique;

    ArrayDraft(Lowering lowering, ArrayTerm term, String pointer) {
        this.term = term;
        this.pointer = pointer;
        demands = List.copyOf(term.contained());
        isUnique = term.unique() && term.max() > 1;
        if (demands.size() > MAX_DEMANDS) {
            throw new SchemaNotSupportedException(
                    pointer, "contains", "more than " + MAX_DEMANDS + " kinds of items demanded at once");
        }
        if (isUnique && !demands.isEmpty()) {
            throw new SchemaNotSupportedException(pointer, "uniqueItems", "not supported together with contains");
        }
        int length = 0;
        for (ArrayRule rule : term.rules()) {
            length = Math.max(length, rule.prefix().size());
        }
        for (ArrayTerm.Contained demand : demands) {
            length = Math.max(length, demand.from());
        }
        if (length > MAX_PREFIX) {
            throw new SchemaNotSupportedException(pointer, "prefixItems", "more than " + MAX_PREFIX + " items");
        }
        prefix = new Option[length][];
        for (int i = 0; i < length; i++) {
            prefix[i] = options(lowering, i);
        }
        rest = options(lowering, length);
    }

    private Option[] options(Lowering lowering, int index) {
        Set<Integer> literals = new TreeSet<>();
        term.rules().forEach(rule -> literals.add(rule.literalAt(index)));
        List<Option> out = new ArrayList<>();
        for (int subset = 0; subset < 1 << demands.size(); subset++) {
            Set<Integer> all = new TreeSet<>(literals);
            boolean applies = true;
            for (int d = 0; d < demands.size(); d++) {
                ArrayTerm.Contained demand = demands.get(d);
                boolean meets = (subset >> d & 1) != 0;
                if (index < demand.from()) {
                    applies &= !meets;
                } else if (meets) {
                    all.add(demand.literal());
                } else if (demand.max() != ArrayTerm.UNBOUNDED) {
                    all.add(Literals.not(demand.literal())); // counted exactly, so that a limit holds
                }
            }
            if (applies) {
                out.add(new Option(lowering.node(all, isUnique), subset));
            }
        }
        return out.toArray(Option[]::new);
    }

    private ArrayShape shape(int max, int height) {
        int[] demandMin = demands.stream().mapToInt(ArrayTerm.Contained::min).toArray();
        int[] demandMax = demands.stream().mapToInt(ArrayTerm.Contained::max).toArray();
        return new ArrayShape(live(prefix), live(rest), term.min(), max, isUnique, demandMin, demandMax, height);
    }

    private static Option[][] live(Option[][] positions) {
        return Arrays.stream(positions).map(ArrayDraft::live).toArray(Option[][]::new);
    }

    private static Option[] live(Option[] options) {
        return Arrays.stream(options)
                .filter(option -> !option.value().isEmpty())
                .toArray(Option[]::new);
    }

    /** Arrays end where an item has no value, or where distinct values run out. */
    private int effectiveMax() {
        int max = term.max();
        for (int i = 0; i < prefix.length; i++) {
            if (live(prefix[i]).length == 0) {
                max = Math.min(max, i);
            }
        }
        if (live(rest).length == 0) {
            max = Math.min(max, prefix.length);
        }
        if (isUnique && prefix.length == 0) {
            max = (int) Math.min(max, rest[0].value().count);
        }
        return max;
    }

    int cost() {
        if (term.min() > MAX_COUNTED) {
            throw new SchemaNotSupportedException(pointer, "minItems", "more than " + MAX_COUNTED + " items");
        }
        return measure(true);
    }

    int height() {
        return measure(false);
    }

    private int measure(boolean isCost) {
        Option[] closing = shape(effectiveMax(), 0).closing(0, new int[demands.size()]);
        if (closing == null) {
            return Node.NEVER;
        }
        long total = isCost ? 1 + Math.max(closing.length, 1) : 0;
        for (Option option : closing) {
            total = isCost ? total + option.value().cost : Math.max(total, option.value().height);
        }
        return (int) Math.min(isCost ? total : total + 1, Node.NEVER);
    }

    ArrayShape shape() {
        if (isUnique) {
            checkUnique();
        }
        return shape(effectiveMax(), height());
    }

    private void checkUnique() {
        List<Option> all = new ArrayList<>(List.of(rest));
        Arrays.stream(prefix).forEach(options -> all.addAll(List.of(options)));
        for (Option option : all) {
            Node value = option.value();
            if (!value.isEmpty() && !value.isScalar) {
                throw new SchemaNotSupportedException(
                        pointer,
                        "uniqueItems",
                        "items that are arrays or objects cannot be kept apart; give items a scalar type");
            }
            if (prefix.length > 0 && value.count < Dfa.MANY && !value.isEmpty()) {
                throw new SchemaNotSupportedException(
                        pointer, "uniqueItems", "not supported for prefix items with few values");
            }
        }
    }
}
