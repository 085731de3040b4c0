package dev.gptoss.engine.schema.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds simplified, hash-consed regular expressions and their derivatives (Brzozowski 1964; the simplifications of
 * Owens, Reppy and Turon 2009, which keep the number of derivatives finite and small).
 */
final class RegexAlgebra {

    private static final int MAX_NODES = 300_000;
    private static final Regex[] NO_PARTS = {};

    private record Key(Regex.Kind kind, CharSet set, List<Integer> parts, int min, int max) {}

    private record RepeatKey(int body, int tail) {}

    private final Map<Key, Regex> nodes = new HashMap<>();
    private final Map<Long, Regex> derivatives = new HashMap<>();
    private final List<CharSet> sets = new ArrayList<>();

    final Regex none = node(Regex.Kind.NONE, CharSet.NONE, NO_PARTS, 0, 0);
    final Regex empty = node(Regex.Kind.EMPTY, CharSet.NONE, NO_PARTS, 0, 0);
    final Regex anything = repeat(chars(CharSet.ANY), 0, -1);

    /** Every set of code points that occurs. */
    List<CharSet> sets() {
        return sets;
    }

    Regex chars(CharSet set) {
        return set.isEmpty() ? none : node(Regex.Kind.CHARS, set, NO_PARTS, 0, 0);
    }

    Regex cat(Regex head, Regex tail) {
        if (head == none || tail == none) {
            return none;
        }
        if (head == empty) {
            return tail;
        }
        if (tail == empty) {
            return head;
        }
        if (head.kind == Regex.Kind.CAT) {
            return cat(head.parts[0], cat(head.parts[1], tail));
        }
        if (head == anything && (tail == anything || tail.kind == Regex.Kind.CAT && tail.parts[0] == anything)) {
            return tail;
        }
        return node(Regex.Kind.CAT, CharSet.NONE, new Regex[] {head, tail}, 0, 0);
    }

    Regex repeat(Regex body, int min, int max) {
        if (max == 0 || body == empty) {
            return empty;
        }
        if (body == none) {
            return min == 0 ? empty : none;
        }
        if (min == 1 && max == 1) {
            return body;
        }
        if (body.kind == Regex.Kind.REPEAT && body.max < 0 && body.min <= 1 && max < 0) {
            return repeat(body.parts[0], Math.min(min, 1) * body.min, -1);
        }
        return node(Regex.Kind.REPEAT, CharSet.NONE, new Regex[] {body}, body.nullable ? 0 : min, max);
    }

    Regex not(Regex body) {
        if (body.kind == Regex.Kind.NOT) {
            return body.parts[0];
        }
        if (body == none) {
            return anything;
        }
        return body == anything ? none : node(Regex.Kind.NOT, CharSet.NONE, new Regex[] {body}, 0, 0);
    }

    Regex or(Regex... branches) {
        TreeMap<Integer, Regex> flat = new TreeMap<>();
        CharSet single = CharSet.NONE;
        boolean hasEmpty = false;
        for (Regex branch : branches) {
            for (Regex part : branch.kind == Regex.Kind.OR ? branch.parts : new Regex[] {branch}) {
                if (part == anything) {
                    return anything;
                }
                if (part.kind == Regex.Kind.CHARS) {
                    single = single.or(part.set);
                } else if (part == empty) {
                    hasEmpty = true;
                } else if (part != none) {
                    flat.put(part.id, part);
                }
            }
        }
        if (!single.isEmpty()) {
            Regex part = chars(single);
            flat.put(part.id, part);
        }
        dropSubsumedRepeats(flat);
        if (hasEmpty && flat.values().stream().noneMatch(part -> part.nullable)) {
            flat.put(empty.id, empty);
        }
        return join(Regex.Kind.OR, flat, none);
    }

    /** Of x{a,b}t and x{c,d}t only the wider is kept: ambiguous counters would multiply otherwise. */
    private void dropSubsumedRepeats(TreeMap<Integer, Regex> flat) {
        if (flat.size() < 2) {
            return;
        }
        Map<RepeatKey, List<Regex>> groups = new HashMap<>();
        for (Regex part : flat.values()) {
            Regex head = part.kind == Regex.Kind.CAT ? part.parts[0] : part;
            if (head.kind == Regex.Kind.REPEAT) {
                int tail = part.kind == Regex.Kind.CAT ? part.parts[1].id : empty.id;
                groups.computeIfAbsent(new RepeatKey(head.parts[0].id, tail), ignored -> new ArrayList<>())
                        .add(part);
            }
        }
        for (List<Regex> group : groups.values()) {
            for (Regex part : group) {
                for (Regex wider : group) {
                    if (part != wider && flat.containsKey(wider.id) && covers(head(wider), head(part))) {
                        flat.remove(part.id);
                        break;
                    }
                }
            }
        }
    }

    private static Regex head(Regex part) {
        return part.kind == Regex.Kind.CAT ? part.parts[0] : part;
    }

    private static boolean covers(Regex wide, Regex narrow) {
        return wide.min <= narrow.min && (wide.max < 0 || narrow.max >= 0 && narrow.max <= wide.max);
    }

    Regex and(Regex... branches) {
        TreeMap<Integer, Regex> flat = new TreeMap<>();
        for (Regex branch : branches) {
            for (Regex part : branch.kind == Regex.Kind.AND ? branch.parts : new Regex[] {branch}) {
                if (part == none) {
                    return none;
                }
                if (part != anything) {
                    flat.put(part.id, part);
                }
            }
        }
        for (Regex part : flat.values()) {
            if (part.kind == Regex.Kind.NOT && flat.containsKey(part.parts[0].id)) {
                return none;
            }
        }
        if (flat.containsKey(empty.id)) {
            return flat.values().stream().allMatch(part -> part.nullable) ? empty : none;
        }
        return join(Regex.Kind.AND, flat, anything);
    }

    private Regex join(Regex.Kind kind, TreeMap<Integer, Regex> flat, Regex unit) {
        return switch (flat.size()) {
            case 0 -> unit;
            case 1 -> flat.firstEntry().getValue();
            default -> node(kind, CharSet.NONE, flat.values().toArray(NO_PARTS), 0, 0);
        };
    }

    /**
     * What may follow a code point.
     *
     * @param letter class of the code point, the key under which the result is remembered
     * @param codePoint any member of the class
     */
    Regex derivative(Regex regex, int letter, int codePoint) {
        switch (regex.kind) {
            case NONE, EMPTY -> {
                return none;
            }
            case CHARS -> {
                return regex.set.contains(codePoint) ? empty : none;
            }
            default -> {
                Long key = (long) regex.id << 32 | letter;
                Regex known = derivatives.get(key);
                if (known == null) {
                    known = compute(regex, letter, codePoint);
                    derivatives.put(key, known);
                }
                return known;
            }
        }
    }

    private Regex compute(Regex regex, int letter, int codePoint) {
        return switch (regex.kind) {
            case CAT -> {
                Regex first = cat(derivative(regex.parts[0], letter, codePoint), regex.parts[1]);
                yield regex.parts[0].nullable ? or(first, derivative(regex.parts[1], letter, codePoint)) : first;
            }
            case OR -> or(each(regex, letter, codePoint));
            case AND -> and(each(regex, letter, codePoint));
            case NOT -> not(derivative(regex.parts[0], letter, codePoint));
            case REPEAT ->
                cat(
                        derivative(regex.parts[0], letter, codePoint),
                        repeat(regex.parts[0], Math.max(regex.min - 1, 0), regex.max < 0 ? -1 : regex.max - 1));
            default -> throw new IllegalStateException(regex.kind.name());
        };
    }

    private Regex[] each(Regex regex, int letter, int codePoint) {
        Regex[] out = new Regex[regex.parts.length];
        Arrays.setAll(out, i -> derivative(regex.parts[i], letter, codePoint));
        return out;
    }

    private Regex node(Regex.Kind kind, CharSet set, Regex[] parts, int min, int max) {
        List<Integer> ids = Arrays.stream(parts).map(part -> part.id).toList();
        Key key = new Key(kind, set, ids, min, max);
        Regex known = nodes.get(key);
        if (known == null) {
            if (nodes.size() >= MAX_NODES) {
                throw new RegexException("pattern needs more than " + MAX_NODES + " derivatives");
            }
            if (kind == Regex.Kind.CHARS) {
                sets.add(set);
            }
            known = new Regex(nodes.size(), kind, set, parts, min, max);
            nodes.put(key, known);
        }
        return known;
    }
}
