package dev.gptoss.engine.schema.automaton;

import dev.gptoss.engine.schema.regex.Dfa;
import org.jspecify.annotations.Nullable;

/** The values of one place: a union of shapes. Filled once by the lowering, never changed afterwards. */
public final class Node {

    /** Longer or deeper than anything that can be completed. */
    public static final int NEVER = Integer.MAX_VALUE / 4;

    public boolean nulls;
    public int bools; // bit 0: false, bit 1: true
    public @Nullable Dfa numbers;
    public StringShape[] strings = {};
    public ArrayShape[] arrays = {};
    public ObjectShape[] objects = {};

    /** Length of the shortest text, {@link #NEVER} if there is none. */
    public int cost = NEVER;

    /** Levels of arrays and objects that the flattest value needs. */
    public int height = NEVER;

    /** Number of values, {@link Dfa#MANY} if unbounded. */
    public long count;

    /** Whether every value is a scalar. */
    public boolean isScalar;

    public boolean isEmpty() {
        return cost >= NEVER;
    }
}
