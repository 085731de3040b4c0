package dev.gptoss.engine.constrain;

import dev.gptoss.engine.constrain.MessageTarget.Kind;
import dev.gptoss.engine.schema.CompiledSchema;
import dev.gptoss.engine.schema.SchemaMatcher;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a turn to the harmony format and its rules. Headers are those of the grammar, with declared tools alone as
 * recipients; a schema rules the answer and the arguments of calls; the text of reasoning and preambles is free.
 *
 * <pre>
 * turn      = message*  ( call | answer )
 * reasoning = header text &lt;|end|&gt;         while the budget lasts
 * preamble  = header text &lt;|end|&gt;         if there are tools
 * call      = header arguments &lt;|call|&gt;   or &lt;|end|&gt;, after which only calls, reasoning and preambles follow
 * answer    = header text &lt;|return|&gt;      unless a call is required or was made
 * </pre>
 *
 * So a turn ends with a call or an answer, and both are whole.
 */
public final class HarmonyConstraint implements Constraint {

    private enum Place {
        /** After a message: {@code <|start|>} comes next. */
        BETWEEN,
        /** After {@code <|start|>}: the role comes next. */
        ROLE,
        HEADER,
        CONTENT,
        /** The turn is complete. */
        ENDED
    }

    private static final int ORDINARY_WORDS = SpecialTokens.FIRST >> 6;
    private static final long LAST_ORDINARY_WORD = (1L << SpecialTokens.FIRST) - 1;
    private static final int[] NOTHING = {};

    private final TurnGrammar grammar;
    private Place place;
    private int roleAt;
    private HeaderNode header;
    private @Nullable MessageTarget target;
    private @Nullable SchemaMatcher matcher;
    private int tokensOfMessage;
    private int reasoningTokens;
    private int calls;

    private HarmonyConstraint(TurnGrammar grammar) {
        this.grammar = grammar;
        place = Place.HEADER;
        header = grammar.headers();
    }

    /** A turn that begins after {@code <|start|>assistant}. */
    public static HarmonyConstraint of(TurnRules rules, Tokenizer tokenizer) {
        return new HarmonyConstraint(new TurnGrammar(rules, tokenizer));
    }

    /** This turn where the prompt has not begun a message: the next token is {@code <|start|>}. */
    public HarmonyConstraint beforeStart() {
        place = Place.BETWEEN;
        return this;
    }

    @Override
    public boolean permits(int token) {
        return switch (place) {
            case BETWEEN -> token == SpecialTokens.START;
            case ROLE -> token == grammar.role()[roleAt];
            case HEADER -> header.after(token, allowedKinds()) != null;
            case CONTENT -> permitsInContent(token);
            case ENDED -> false;
        };
    }

    @Override
    public void accept(int token) {
        if (!permits(token)) {
            throw new IllegalArgumentException("token " + token + " is not permitted: " + this);
        }
        tokensOfMessage++;
        switch (place) {
            case BETWEEN -> {
                place = Place.ROLE;
                roleAt = 0;
            }
            case ROLE -> {
                roleAt++;
                if (roleAt == grammar.role().length) {
                    place = Place.HEADER;
                    header = grammar.headers();
                }
            }
            case HEADER -> acceptInHeader(token);
            case CONTENT -> acceptInContent(token);
            case ENDED -> {}
        }
    }

    @Override
    public boolean mask(long[] words) {
        Arrays.fill(words, 0);
        switch (place) {
            case BETWEEN -> set(words, SpecialTokens.START);
            case ROLE -> set(words, grammar.role()[roleAt]);
            case HEADER -> header.mask(allowedKinds(), words);
            case CONTENT -> maskContent(words);
            case ENDED -> {}
        }
        return true;
    }

    @Override
    public boolean isMaskKnown() {
        return matcher == null || matcher.isMaskKnown();
    }

    @Override
    public int[] forced() {
        return switch (place) {
            case BETWEEN -> complete() ? NOTHING : new int[] {SpecialTokens.START};
            case ROLE -> Arrays.copyOfRange(grammar.role(), roleAt, grammar.role().length);
            case HEADER -> one(header.onlyToken(allowedKinds()));
            case CONTENT -> one(onlyTokenOfContent());
            case ENDED -> NOTHING;
        };
    }

    @Override
    public int[] draft() {
        return switch (place) {
            case HEADER -> header.draft();
            case CONTENT -> matcher == null ? NOTHING : matcher.draft();
            case BETWEEN, ROLE, ENDED -> NOTHING;
        };
    }

    @Override
    public int[] shortestClose() {
        ClosingPath path = new ClosingPath(fork());
        while (!path.constraint().complete()) {
            path.constraint().closeFurther(path);
        }
        return path.tokens();
    }

    @Override
    public int closeBound() {
        if (complete()) {
            return 0;
        }
        int beforeHeader = 1 + grammar.role().length + grammar.headers().closeBound(closingKind());
        return switch (place) {
            case BETWEEN, ROLE -> beforeHeader;
            case HEADER -> header.closeBound(nextKind()) + (endsTurn(nextKind()) ? 0 : beforeHeader);
            case CONTENT -> 1 + bytesToClose() + (endsTurn(target().kind()) ? 0 : beforeHeader);
            case ENDED -> 0;
        };
    }

    @Override
    public boolean mayBreakOff() {
        if (complete() || calls > 0 && !isInside(Kind.CALL)) {
            return true;
        }
        boolean isPromised = grammar.rules().answer() != null || grammar.rules().isCallRequired();
        return !isPromised && !isInside(Kind.CALL);
    }

    @Override
    public HarmonyConstraint fork() {
        HarmonyConstraint copy = new HarmonyConstraint(grammar);
        copy.place = place;
        copy.roleAt = roleAt;
        copy.header = header;
        copy.target = target;
        copy.matcher = matcher == null ? null : matcher.fork();
        copy.tokensOfMessage = tokensOfMessage;
        copy.reasoningTokens = reasoningTokens;
        copy.calls = calls;
        return copy;
    }

    @Override
    public String toString() {
        return "turn at " + place + (target == null ? "" : " of " + target.kind());
    }

    // ---- headers ----

    private int allowedKinds() {
        int kinds = Kind.PREAMBLE.bit() | Kind.CALL.bit();
        if (hasBudgetForMore()) {
            kinds |= Kind.REASONING.bit();
        }
        if (calls == 0 && !grammar.rules().isCallRequired()) {
            kinds |= Kind.ANSWER.bit();
        }
        return kinds;
    }

    /** Whether another message of reasoning, header and terminator included, is within the budget. */
    private boolean hasBudgetForMore() {
        Integer budget = grammar.rules().reasoningBudget();
        int least = grammar.reasoningHeaderLength() + 1 + 1 + grammar.role().length;
        return budget == null || reasoningTokens + least <= budget;
    }

    private void acceptInHeader(int token) {
        HeaderNode node = header.after(token, allowedKinds());
        if (node == null) {
            throw new IllegalStateException("no header goes on with " + token);
        }
        header = node;
        MessageTarget announced = node.target();
        if (announced != null) {
            place = Place.CONTENT;
            target = announced;
            CompiledSchema schema = announced.schema();
            matcher = schema == null ? null : schema.matcher();
            if (announced.kind() == Kind.REASONING) {
                reasoningTokens += tokensOfMessage;
            }
        }
    }

    // ---- content ----

    private boolean permitsInContent(int token) {
        if (token >= SpecialTokens.FIRST) {
            return mayEndMessage() && endsThisMessage(token);
        }
        return token >= 0 && !isBudgetSpent() && (matcher == null || matcher.permits(token));
    }

    private void acceptInContent(int token) {
        boolean isReasoning = isInside(Kind.REASONING);
        if (isReasoning) {
            reasoningTokens++;
        }
        if (token >= SpecialTokens.FIRST) {
            endMessage(token);
        } else if (matcher != null) {
            matcher.accept(token);
        }
    }

    private void endMessage(int token) {
        if (isInside(Kind.CALL)) {
            calls++;
        }
        place = token == SpecialTokens.END ? Place.BETWEEN : Place.ENDED;
        target = null;
        matcher = null;
        tokensOfMessage = 0;
    }

    private void maskContent(long[] words) {
        if (matcher != null) {
            matcher.mask(words);
        } else if (!isBudgetSpent()) {
            Arrays.fill(words, 0, ORDINARY_WORDS, -1L);
            words[ORDINARY_WORDS] = LAST_ORDINARY_WORD;
        }
        if (mayEndMessage()) {
            switch (target().kind()) {
                case REASONING, PREAMBLE -> set(words, SpecialTokens.END);
                case CALL -> {
                    set(words, SpecialTokens.CALL);
                    set(words, SpecialTokens.END);
                }
                case ANSWER -> set(words, SpecialTokens.RETURN);
            }
        }
    }

    private int onlyTokenOfContent() {
        if (isBudgetSpent()) {
            return SpecialTokens.END;
        }
        if (matcher == null) {
            return -1;
        }
        return matcher.mustEnd() && isInside(Kind.ANSWER) ? SpecialTokens.RETURN : matcher.onlyToken();
    }

    private boolean mayEndMessage() {
        return matcher == null || matcher.mayEnd();
    }

    private boolean endsThisMessage(int token) {
        return switch (target().kind()) {
            case REASONING, PREAMBLE -> token == SpecialTokens.END;
            case CALL -> token == SpecialTokens.CALL || token == SpecialTokens.END;
            case ANSWER -> token == SpecialTokens.RETURN;
        };
    }

    /** Whether the reasoning must end here for its terminator to be within the budget. */
    private boolean isBudgetSpent() {
        Integer budget = grammar.rules().reasoningBudget();
        return budget != null && isInside(Kind.REASONING) && reasoningTokens + 1 >= budget;
    }

    // ---- the end of the turn ----

    /** Whether the turn is a whole one: ended, or with calls after which nothing has begun. */
    private boolean complete() {
        return place == Place.ENDED || place == Place.BETWEEN && calls > 0;
    }

    private Kind closingKind() {
        return grammar.rules().isCallRequired() || calls > 0 ? Kind.CALL : Kind.ANSWER;
    }

    /** The kind of message that the header is to announce on the shortest way to the end. */
    private Kind nextKind() {
        if (header.reaches(closingKind())) {
            return closingKind();
        }
        if (header.reaches(Kind.CALL)) {
            return Kind.CALL;
        }
        return header.reaches(Kind.REASONING) ? Kind.REASONING : Kind.PREAMBLE;
    }

    private static boolean endsTurn(Kind kind) {
        return kind == Kind.CALL || kind == Kind.ANSWER;
    }

    private int bytesToClose() {
        return matcher == null ? 0 : matcher.shortestCompletion().length;
    }

    /** Takes the next tokens of the shortest way to the end. */
    private void closeFurther(ClosingPath path) {
        switch (place) {
            case BETWEEN -> path.say(SpecialTokens.START);
            case ROLE -> path.say(grammar.role()[roleAt]);
            case HEADER -> path.say(header.towards(nextKind()));
            case CONTENT -> {
                if (matcher != null) {
                    for (int token : matcher.shortestClose()) {
                        path.say(token);
                    }
                }
                path.say(
                        switch (target().kind()) {
                            case REASONING, PREAMBLE -> SpecialTokens.END;
                            case CALL -> SpecialTokens.CALL;
                            case ANSWER -> SpecialTokens.RETURN;
                        });
            }
            case ENDED -> {}
        }
    }

    private boolean isInside(Kind kind) {
        return place == Place.CONTENT && target().kind() == kind;
    }

    private MessageTarget target() {
        if (target == null) {
            throw new IllegalStateException("not inside a message");
        }
        return target;
    }

    private static int[] one(int token) {
        return token < 0 ? NOTHING : new int[] {token};
    }

    private static void set(long[] words, int token) {
        words[token >> 6] |= 1L << token;
    }
}
