package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.regex.Dfa;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Automata that depend on a pattern or a set of numbers alone, kept for all schemas; emptied when full. */
public final class SharedAutomata {

    private static final int MAX_ENTRIES = 512;

    private final ConcurrentHashMap<String, Dfa> patterns = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<List<NumberTerm>, Dfa> numbers = new ConcurrentHashMap<>();

    Dfa pattern(String pattern, Function<String, Dfa> make) {
        return get(patterns, pattern, make);
    }

    Dfa numbers(List<NumberTerm> terms) {
        return get(numbers, terms, NumberAutomata::of);
    }

    private static <K> Dfa get(ConcurrentHashMap<K, Dfa> map, K key, Function<K, Dfa> make) {
        Dfa known = map.get(key);
        if (known == null) {
            known = make.apply(key);
            if (map.size() >= MAX_ENTRIES) {
                map.clear();
            }
            map.put(key, known);
        }
        return known;
    }
}
