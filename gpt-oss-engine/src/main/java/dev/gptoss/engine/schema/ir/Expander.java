package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.SchemaNotSupportedException;
import dev.gptoss.engine.schema.regex.RegexException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Lowers conjunctions of literals to unions of terms. The terms name their children by literals again, so that recursive
 * schemas stay finite; a conjunction that needs itself without a value in between is an error.
 */
final class Expander implements TypeUnion.Context {

    private static final int MAX_CHAIN = 200;
    private static final int MAX_STEPS = 200_000;
    // Pairs of terms; the development schemas need 30,000 at most.
    private static final int MAX_WORK = 400_000;
    private static final int MAX_PROOF_WORK = 2_000;
    // Deep enough for a discriminator inside a discriminator; deeper proofs are left to negation.
    private static final int MAX_EMPTINESS_DEPTH = 4;

    /** A conjunction as a key. */
    record Conjunction(List<Integer> literals) {
        static Conjunction of(int[] literals) {
            return new Conjunction(Arrays.stream(literals).boxed().toList());
        }
    }

    /** A question about a conjunction whose expansion is still going on further out. */
    private static final class UndecidedException extends RuntimeException {
        private static final UndecidedException INSTANCE = new UndecidedException();

        private UndecidedException() {
            super("undecided", null, false, false);
        }
    }

    final SchemaDocument document;
    private final Patterns patterns;
    private final Keywords keywords;
    private final Map<Conjunction, TypeUnion> unions = new HashMap<>();
    private final Map<Integer, List<Part>> parts = new HashMap<>();
    private final Map<String, Integer> present = new HashMap<>();
    private final Map<Integer, TypeUnion> own = new HashMap<>();
    private final Map<Conjunction, Boolean> empty = new HashMap<>();
    private final Deque<Set<Conjunction>> inProgress = new ArrayDeque<>();
    private String pointer = "";
    private int steps;
    private int work;
    private int proofWork;

    Expander(SchemaDocument document, Patterns patterns) {
        this.document = document;
        this.patterns = patterns;
        this.keywords = new Keywords(this, document, patterns);
        inProgress.push(new HashSet<>());
    }

    TypeUnion expand(Integer... literals) {
        return expand(Literals.conjunction(new HashSet<>(Arrays.asList(literals))));
    }

    TypeUnion expand(int[] literals) {
        if (literals.length == 0) {
            return TypeUnion.ANY;
        }
        if (literals[0] == Literals.FALSE) {
            return TypeUnion.NONE;
        }
        Conjunction key = Conjunction.of(literals);
        TypeUnion known = unions.get(key);
        if (known != null) {
            return known;
        }
        boolean here = true;
        for (Set<Conjunction> level : inProgress) {
            if (level.contains(key)) {
                if (here) {
                    throw cycle(literals[0]);
                }
                throw UndecidedException.INSTANCE;
            }
            here = false;
        }
        spend(literals[0]);
        inProgress.element().add(key);
        try {
            TypeUnion union = join(literals);
            unions.put(key, union);
            return union;
        } finally {
            inProgress.element().remove(key);
        }
    }

    private TypeUnion join(int[] literals) {
        TreeSet<Integer> flat = new TreeSet<>();
        int[] asserted = Arrays.stream(literals)
                .filter(literal -> !Literals.isDenied(literal))
                .toArray();
        for (int literal : asserted) {
            flatten(literal, flat, new ArrayDeque<>());
        }
        for (int literal : literals) {
            if (Literals.isDenied(literal)) {
                TreeSet<Integer> denied = new TreeSet<>();
                flatten(literal, denied, new ArrayDeque<>());
                // What contradicts the rest need not be denied, unless the rest itself denies it.
                boolean isSaid = denied.stream().anyMatch(flat::contains);
                if (isSaid || asserted.length == 0 || !isSurelyEmptyWith(asserted, Literals.not(literal))) {
                    flat.addAll(denied);
                }
            }
        }
        if (flat.contains(Literals.FALSE) || flat.stream().anyMatch(literal -> flat.contains(Literals.not(literal)))) {
            return TypeUnion.NONE;
        }
        for (int literal : flat) {
            if (!Literals.isDenied(literal)) {
                Position position = document.position(literal >> 1);
                List<JsonNode> values = keywords.constants(position);
                if (values != null) {
                    List<JsonNode> left = values.stream()
                            .filter(value -> flat.stream().allMatch(other -> holds(other, value)))
                            .toList();
                    return keywords.constantUnion(position, left);
                }
            }
        }
        TypeUnion union = TypeUnion.ANY;
        for (int literal : flat) {
            if (!Literals.isDenied(literal)) {
                pointer = pointerOf(literal);
                union = union.and(own(literal), this);
            }
        }
        for (int literal : flat) {
            if (Literals.isDenied(literal) && !union.isEmpty()) {
                pointer = pointerOf(literal);
                union = union.and(own(literal), this);
            }
        }
        return union;
    }

    /** Replaces references, allOf and not by what they name. */
    private void flatten(int literal, Set<Integer> flat, Deque<Integer> path) {
        if (path.contains(literal)) {
            throw cycle(literal);
        }
        if (literal == Literals.TRUE || !flat.add(literal) || literal == Literals.FALSE) {
            return;
        }
        if (path.size() > MAX_CHAIN) {
            throw new SchemaNotSupportedException(
                    pointerOf(literal), "$ref", "references nest deeper than " + MAX_CHAIN);
        }
        path.push(literal);
        List<Part> all = parts(literal >> 1);
        if (!Literals.isDenied(literal)) {
            for (Part part : all) {
                for (int inner : part.inPlace()) {
                    flatten(inner, flat, path);
                }
            }
        } else if (all.size() == 1 && all.getFirst().inPlace().length == 1) {
            flat.remove(literal);
            flatten(Literals.not(all.getFirst().inPlace()[0]), flat, path);
        }
        path.pop();
    }

    private SchemaNotSupportedException cycle(int literal) {
        return new SchemaNotSupportedException(
                pointerOf(literal), "$ref", "references form a cycle without a value in between");
    }

    private List<Part> parts(int id) {
        List<Part> known = parts.get(id);
        if (known == null) {
            known = keywords.parts(document.position(id));
            parts.put(id, known);
        }
        return known;
    }

    /** What the keywords of one literal say, without what an asserted one refers to in place. */
    private TypeUnion own(int literal) {
        TypeUnion known = own.get(literal);
        if (known != null) {
            return known;
        }
        spend(literal);
        TypeUnion union;
        if (Literals.isDenied(literal)) {
            union = denied(parts(literal >> 1));
        } else {
            union = TypeUnion.ANY;
            for (Part part : parts(literal >> 1)) {
                if (part.inPlace().length == 0 && !union.isEmpty()) {
                    union = union.and(part.asserted().get(), this);
                }
            }
        }
        own.put(literal, union);
        return union;
    }

    /** Alternatives that exclude each other where that is cheap: conjunctions of them stay small. */
    private TypeUnion denied(List<Part> all) {
        TypeUnion union = TypeUnion.NONE;
        TypeUnion before = TypeUnion.ANY; // what holds if none of the parts so far is denied
        for (Part part : all) {
            union = union.or(before.and(part.denied().get(), this), this);
            if (part.inPlace().length == 0) {
                TypeUnion asserted = part.asserted().get();
                before = asserted.isSimple() ? before.and(asserted, this) : before;
            }
        }
        return union;
    }

    private void spend(int literal) {
        if (++steps > MAX_STEPS) {
            throw new SchemaNotSupportedException(
                    pointerOf(literal), "", "schema needs more than " + MAX_STEPS + " steps to combine; simplify it");
        }
    }

    boolean holds(int literal, JsonNode value) {
        if (literal <= Literals.FALSE) {
            return literal == Literals.TRUE;
        }
        spend(literal);
        boolean all = true;
        for (Part part : parts(literal >> 1)) {
            all = all && part.holds().test(value);
        }
        return all != Literals.isDenied(literal);
    }

    boolean holdForMembers(ObjectTerm term, JsonNode node) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            for (int literal : valueLiterals(term, member.getKey())) {
                if (!holds(literal, member.getValue())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A literal for what no schema of the document says. */
    int define(Position near, Part part) {
        Position made = document.addition(near);
        parts.put(made.id(), List.of(part));
        return Literals.of(made);
    }

    /** The literal of objects that have a key. */
    int present(Position near, String key) {
        return present.computeIfAbsent(
                key,
                name -> define(
                        near,
                        new Part(
                                () -> TypeUnion.objects(ObjectTerm.requiring(Set.of(name))),
                                () -> TypeUnion.objects(ObjectTerm.of(ObjectRule.of(name, Literals.FALSE)))
                                        .orOtherType(),
                                node -> node.has(name))));
    }

    String pointerOf(int literal) {
        return document.position(literal >> 1).pointer();
    }

    /** Whether a conjunction is found empty with little effort; false says nothing. */
    boolean isSurelyEmpty(int... literals) {
        TreeSet<Integer> set = new TreeSet<>();
        for (int literal : literals) {
            set.add(literal);
        }
        int[] canonical = Literals.conjunction(set);
        if (canonical.length == 0) {
            return false;
        }
        if (canonical[0] == Literals.FALSE) {
            return true;
        }
        Conjunction key = Conjunction.of(canonical);
        Boolean known = empty.get(key);
        if (known != null) {
            return known;
        }
        if (inProgress.size() > MAX_EMPTINESS_DEPTH) {
            return false;
        }
        String outer = pointer;
        if (inProgress.size() == 1) {
            proofWork = 0;
        }
        inProgress.push(new HashSet<>());
        try {
            boolean verdict = isSurelyEmpty(expand(canonical));
            if (inProgress.size() == 2) {
                empty.put(key, verdict);
            } else if (verdict) {
                empty.put(key, true);
            }
            return verdict;
        } catch (UndecidedException | SchemaNotSupportedException e) {
            if (inProgress.size() == 2) {
                empty.put(key, false);
            }
            return false;
        } finally {
            inProgress.pop();
            pointer = outer;
        }
    }

    private boolean isSurelyEmptyWith(int[] literals, int other) {
        int[] all = Arrays.copyOf(literals, literals.length + 1);
        all[literals.length] = other;
        return isSurelyEmpty(all);
    }

    private boolean isSurelyEmpty(TypeUnion union) {
        return !union.nulls()
                && union.bools() == 0
                && union.numbers().isEmpty()
                && union.strings().stream().allMatch(this::isSurelyEmpty)
                && union.arrays().stream().allMatch(this::isSurelyEmpty)
                && union.objects().stream().allMatch(this::isSurelyEmpty);
    }

    @Override
    public boolean isSurelyEmpty(StringTerm term) {
        if (term.in().size() + term.out().size() < 2) {
            return false;
        }
        try {
            return patterns.unbounded(term).isEmpty();
        } catch (RegexException e) {
            return false;
        }
    }

    private boolean isSurelyEmpty(ArrayTerm term) {
        for (int i = 0; i < Math.min(term.min(), 16); i++) {
            int index = i;
            if (isSurelyEmpty(term.rules().stream()
                    .mapToInt(rule -> rule.literalAt(index))
                    .toArray())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isSurelyEmpty(ObjectTerm term) {
        for (String key : term.required()) {
            if (isSurelyEmpty(valueLiterals(term, key))) {
                return true;
            }
        }
        return false;
    }

    /** The literals that the value of a key satisfies. */
    int[] valueLiterals(ObjectTerm term, String key) {
        List<Integer> out = new ArrayList<>();
        for (ObjectRule rule : term.rules()) {
            Integer declared = rule.properties().get(key);
            boolean matched = declared != null;
            if (declared != null) {
                out.add(declared);
            }
            for (Map.Entry<String, Integer> entry : rule.patterns().entrySet()) {
                if (patterns.automaton(new StringAtom.Pattern(entry.getKey())).matches(key)) {
                    matched = true;
                    out.add(entry.getValue());
                }
            }
            if (!matched) {
                out.add(rule.additional());
            }
        }
        return out.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void spend() {
        if (inProgress.size() > 1 && ++proofWork > MAX_PROOF_WORK) {
            throw UndecidedException.INSTANCE;
        }
        if (++work > MAX_WORK) {
            throw new SchemaNotSupportedException(
                    pointer, "", "combining alternatives takes more than " + MAX_WORK + " steps; simplify the schema");
        }
    }

    @Override
    public Patterns patterns() {
        return patterns;
    }

    @Override
    public RuntimeException tooManyTerms() {
        return new SchemaNotSupportedException(
                pointer,
                "",
                "the alternatives multiply to more than " + TypeUnion.MAX_TERMS
                        + "; nest fewer anyOf, oneOf, not or if");
    }
}
