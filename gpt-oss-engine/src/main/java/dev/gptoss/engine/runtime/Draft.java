package dev.gptoss.engine.runtime;

import dev.gptoss.engine.constrain.Constraint;
import dev.gptoss.engine.tokenizer.SpecialTokens;

/**
 * Tokens that probably follow those of a sequence: schema keys, punctuation, the rest of a header. They are computed in
 * the step that draws the first of them, each row draws the next under its own mask and noise, and the drawn tokens
 * decide how many of the rows count. So a draft changes how many steps an answer takes and nothing else.
 */
final class Draft {

    /** Most tokens of a draft. Keys and the punctuation around them have 2 to 5; what follows needs those accepted. */
    static final int MOST = 8;

    /** Drafted tokens before their share of accepted ones is judged. */
    private static final int TRIAL = 16;

    /** The share until then: what the small trained model accepts. */
    private static final double USUAL_SHARE = 0.75;

    private final int[] tokens = new int[MOST];
    private final boolean[] isDrawn = new boolean[MOST];
    private int from;
    private int size;
    private int drafted;
    private int accepted;

    /** Forgets the tokens. */
    void clear() {
        size = 0;
    }

    /**
     * Guesses what follows.
     *
     * @param constraint of the sequence, not changed
     * @param position of the first guessed token
     * @param most tokens
     * @param forcedAreDrawn whether forced tokens are drawn like any other
     */
    void guess(Constraint constraint, int position, int most, boolean forcedAreDrawn) {
        clear();
        from = position;
        Constraint at = constraint.fork();
        while (size < Math.min(most, MOST)) {
            int[] forced = at.forced();
            int[] next = forced.length == 0 ? at.draft() : forced;
            if (next.length == 0) {
                return;
            }
            if (SpecialTokens.endsGeneration(next[0])) {
                if (!forcedAreDrawn) {
                    leaveOutLast();
                }
                return;
            }
            for (int i = 0; i < next.length && size < Math.min(most, MOST); i++) {
                at.accept(next[i]);
                tokens[size] = next[i];
                isDrawn[size] = forcedAreDrawn || forced.length == 0;
                size++;
            }
        }
    }

    /** The answer ends by itself after its last drawn token, which then needs no row, nor does what follows it. */
    private void leaveOutLast() {
        while (size > 0 && !isDrawn[size - 1]) {
            size--;
        }
        size = Math.max(size - 1, 0);
    }

    int size() {
        return size;
    }

    int token(int index) {
        return tokens[index];
    }

    /** Whether a token is drawn; the others are known once those before them are. */
    boolean isDrawn(int index) {
        return isDrawn[index];
    }

    /** Notes how much is computed, for the record. */
    void computed() {
        for (int i = 0; i < size; i++) {
            drafted += isDrawn[i] ? 1 : 0;
        }
    }

    /** Whether a token that became known at a position is the guessed one. */
    boolean foresaw(int position, int token) {
        int index = position - from;
        boolean isRight = index < size && tokens[index] == token;
        accepted += isRight && isDrawn[index] ? 1 : 0;
        return isRight;
    }

    int drafted() {
        return drafted;
    }

    int accepted() {
        return accepted;
    }

    /** The share of drafted tokens that is accepted in this sequence. */
    double share() {
        return drafted < TRIAL ? USUAL_SHARE : (double) accepted / drafted;
    }
}
