package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.SchemaNotSupportedException;
import dev.gptoss.engine.schema.automaton.ArrayShape;
import dev.gptoss.engine.schema.automaton.Node;
import dev.gptoss.engine.schema.automaton.ObjectShape;
import dev.gptoss.engine.schema.automaton.StringShape;
import dev.gptoss.engine.schema.regex.Dfa;
import dev.gptoss.engine.schema.regex.DfaProduct;
import dev.gptoss.engine.schema.regex.Dfas;
import dev.gptoss.engine.schema.regex.RegexException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Turns a schema into the nodes of its automaton: reachable conjunctions become nodes, then a least fixpoint finds the
 * shortest text of each, and what has none is left out.
 */
public final class Lowering {

    private static final int MAX_NODES = 20_000;

    // One text per number, so that texts can be compared.
    private static final Dfa DISTINCT_NUMBERS = Dfas.searching("^(?:0|-?[1-9]\\d*|-?(?:0|[1-9]\\d*)\\.\\d*[1-9])$");

    private record Key(Expander.Conjunction conjunction, boolean isDistinct) {}

    /** A node whose children are not all known yet. */
    private record Draft(
            int[] literals, Node node, List<StringShape> strings, List<ArrayDraft> arrays, List<ObjectDraft> objects) {}

    final Expander expander;
    final Patterns patterns;
    private final SchemaDocument document;
    private final Map<Key, Node> nodes = new HashMap<>();
    private final ArrayDeque<Runnable> pending = new ArrayDeque<>();
    private final List<Draft> drafts = new ArrayList<>();

    private Lowering(JsonNode schema, SharedAutomata shared) {
        document = new SchemaDocument(schema);
        patterns = new Patterns(shared);
        expander = new Expander(document, patterns);
    }

    /**
     * A lowered schema.
     *
     * @param annotations keywords that were read as annotations
     */
    public record Result(Node root, List<String> annotations) {}

    /** @throws SchemaNotSupportedException if a keyword cannot be enforced or no instance can satisfy the schema */
    public static Result lower(JsonNode schema, SharedAutomata shared) {
        Lowering lowering = new Lowering(schema, shared);
        Node root = lowering.node(Set.of(lowering.document.rootLiteral()), false);
        while (!lowering.pending.isEmpty()) {
            lowering.pending.remove().run();
        }
        lowering.settle();
        if (root.isEmpty()) {
            throw new SchemaNotSupportedException("", "", "no instance can satisfy the schema");
        }
        return new Result(root, lowering.document.annotations());
    }

    /** @param isDistinct whether each value has one text only */
    Node node(Set<Integer> literals, boolean isDistinct) {
        int[] conjunction = Literals.conjunction(new TreeSet<>(literals));
        Key key = new Key(Expander.Conjunction.of(conjunction), isDistinct);
        Node known = nodes.get(key);
        if (known == null) {
            if (nodes.size() >= MAX_NODES) {
                throw new SchemaNotSupportedException(
                        pointer(conjunction), "", "schema needs more than " + MAX_NODES + " nodes; simplify it");
            }
            Node made = new Node();
            nodes.put(key, made);
            pending.add(() -> draft(conjunction, isDistinct, made));
            known = made;
        }
        return known;
    }

    private String pointer(int[] conjunction) {
        return conjunction.length == 0 ? "" : expander.pointerOf(conjunction[0]);
    }

    private void draft(int[] literals, boolean isDistinct, Node node) {
        try {
            TypeUnion union = expander.expand(literals);
            node.nulls = union.nulls();
            node.bools = union.bools();
            if (!union.numbers().isEmpty()) {
                Dfa numbers = patterns.numbers(union.numbers());
                node.numbers = isDistinct && !numbers.isEmpty()
                        ? DfaProduct.intersection(List.of(numbers, DISTINCT_NUMBERS), List.of())
                        : numbers;
            }
            List<ArrayDraft> arrays = new ArrayList<>();
            for (ArrayTerm term : union.arrays()) {
                arrays.add(new ArrayDraft(this, term, pointer(literals)));
            }
            List<ObjectDraft> objects = new ArrayList<>();
            for (ObjectTerm term : union.objects()) {
                objects.add(new ObjectDraft(this, term, pointer(literals)));
            }
            drafts.add(new Draft(literals, node, strings(union.strings(), isDistinct), arrays, objects));
        } catch (RegexException e) {
            throw new SchemaNotSupportedException(pointer(literals), "", String.valueOf(e.getMessage()));
        }
    }

    /** Terms without bounds on the length share one automaton. */
    private List<StringShape> strings(List<StringTerm> terms, boolean isDistinct) {
        List<StringShape> out = new ArrayList<>();
        List<Dfa> unbounded = new ArrayList<>();
        for (StringTerm term : terms) {
            boolean isBounded = term.min() > 0 || term.max() != Dfa.UNBOUNDED;
            if (isBounded && !isDistinct) {
                Dfa bare = patterns.unbounded(term);
                if (!bare.isEmpty()) {
                    StringShape shape = new StringShape(bare, term.min(), term.max(), false);
                    if (!shape.isEmpty()) {
                        out.add(shape);
                    }
                }
            } else {
                Dfa dfa = patterns.bounded(term);
                if (!dfa.isEmpty()) {
                    unbounded.add(dfa);
                }
            }
        }
        if (!unbounded.isEmpty()) {
            out.add(new StringShape(DfaProduct.union(unbounded), 0, Dfa.UNBOUNDED, isDistinct));
        }
        return out;
    }

    private void settle() {
        for (Draft draft : drafts) {
            draft.node().count = scalars(draft);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Draft draft : drafts.reversed()) {
                changed |= improve(draft);
            }
        }
        for (Draft draft : drafts) {
            draft.node().isScalar = draft.arrays().stream().allMatch(array -> array.cost() >= Node.NEVER)
                    && draft.objects().stream().allMatch(object -> object.cost() >= Node.NEVER);
        }
        for (Draft draft : drafts) {
            finish(draft);
        }
    }

    private static long scalars(Draft draft) {
        Node node = draft.node();
        long total = (node.nulls ? 1 : 0) + Integer.bitCount(node.bools);
        if (node.numbers != null && !node.numbers.isEmpty()) {
            total = sum(total, node.numbers.count(node.numbers.start()));
        }
        for (StringShape shape : draft.strings()) {
            total = sum(total, shape.count());
        }
        return draft.arrays().isEmpty() && draft.objects().isEmpty() ? total : Dfa.MANY;
    }

    private static long sum(long a, long b) {
        return a > Dfa.MANY - b ? Dfa.MANY : a + b;
    }

    private static boolean improve(Draft draft) {
        Node node = draft.node();
        int cost = node.nulls || (node.bools & 2) != 0 ? 4 : node.bools != 0 ? 5 : Node.NEVER;
        int height = cost < Node.NEVER ? 0 : Node.NEVER;
        if (node.numbers != null && !node.numbers.isEmpty()) {
            cost = Math.min(cost, node.numbers.shortest(node.numbers.start()));
            height = 0;
        }
        for (StringShape shape : draft.strings()) {
            cost = Math.min(cost, shape.cost());
            height = 0;
        }
        for (ArrayDraft array : draft.arrays()) {
            cost = Math.min(cost, array.cost());
            height = Math.min(height, array.height());
        }
        for (ObjectDraft object : draft.objects()) {
            cost = Math.min(cost, object.cost());
            height = Math.min(height, object.height());
        }
        boolean changed = cost < node.cost || height < node.height;
        node.cost = Math.min(cost, node.cost);
        node.height = Math.min(height, node.height);
        return changed;
    }

    private void finish(Draft draft) {
        Node node = draft.node();
        if (node.numbers != null && node.numbers.isEmpty()) {
            node.numbers = null;
        }
        try {
            node.strings = draft.strings().toArray(StringShape[]::new);
            node.arrays = draft.arrays().stream()
                    .filter(array -> array.cost() < Node.NEVER)
                    .map(ArrayDraft::shape)
                    .toArray(ArrayShape[]::new);
            node.objects = draft.objects().stream()
                    .filter(object -> object.cost() < Node.NEVER)
                    .map(ObjectDraft::shape)
                    .toArray(ObjectShape[]::new);
        } catch (RegexException e) {
            throw new SchemaNotSupportedException(pointer(draft.literals()), "", String.valueOf(e.getMessage()));
        }
    }
}
