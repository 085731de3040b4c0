package dev.gptoss.engine.constrain;

/**
 * Rules which tokens a sequence may say next. One constraint belongs to one sequence and is used by one thread at a
 * time; {@link #accept} is called as soon as a token is chosen, so that the next mask can be prepared while the step
 * that consumes the token runs.
 */
public interface Constraint {

    /**
     * Advances by a chosen token.
     *
     * @param token id of the token, permitted by the state before the call
     */
    void accept(int token);

    /** Whether the token may come next. */
    boolean permits(int token);

    /**
     * Writes the set of permitted tokens.
     *
     * @param words one bit per vocabulary row, bit {@code id & 63} of {@code words[id >> 6]}; overwritten completely
     * @return whether the mask restricts anything; if false, {@code words} is left as it was and every token is
     *     permitted
     */
    boolean mask(long[] words);

    /** Whether {@link #mask} only copies what was found before. */
    boolean isMaskKnown();

    /**
     * Tokens that must come next, to be appended in one step without sampling and then accepted one by one. Empty where
     * more than one continuation is left.
     */
    int[] forced();

    /**
     * Tokens that probably come next, in their canonical spelling: what the rules leave or what is usual. Each is
     * permitted after those before it. A guess, for sampling to verify; empty where nothing is known.
     */
    int[] draft();

    /**
     * The shortest permitted token sequence that ends the turn completely, terminator included; empty if the turn is
     * complete already.
     *
     * @throws IllegalStateException if the turn cannot be closed from here
     */
    int[] shortestClose();

    /** At least the length of {@link #shortestClose}, found without looking for it. */
    int closeBound();

    /**
     * Whether the turn may be cut off here: nothing that was promised, such as a schema or a required call, would be
     * left unfinished.
     */
    boolean mayBreakOff();

    /** An independent copy in the same state. */
    Constraint fork();
}
