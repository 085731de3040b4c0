package dev.gptoss.engine.runtime;

import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.IncompleteAnswerException;
import dev.gptoss.engine.Sampling;
import dev.gptoss.engine.TokenLogprob;
import dev.gptoss.engine.compute.Output;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.constrain.Constraint;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that runs: its tokens, prompt and answer, of which the slot has computed the first ones. Prefill, decode and
 * forced tokens are one thing: tokens that are known and not computed yet. Used by the engine thread alone.
 */
final class Sequence {

    private final LiveGeneration generation;
    private final KvSlot slot;
    private final IntList tokens;
    private final int promptLength;
    private final int mostTokens;
    private final boolean endsByToken;
    private final long seed;
    private final @Nullable Constraint constraint;
    private final TurnReader reader;
    private final LogitAdds adds;
    private final LoopDetector loop = new LoopDetector();

    private final Draft draft = new Draft();

    // in the current step
    private int firstRow;
    private int knownRows;
    private int firstOutput;

    /** When its full mailbox made it pause, or 0. */
    long pausedSince;

    /**
     * @param mostTokens most tokens of prompt and answer
     * @param endsByToken whether the vocabulary has the tokens that end a turn
     */
    Sequence(LiveGeneration generation, KvSlot slot, int mostTokens, boolean endsByToken, long seed) {
        this.generation = generation;
        this.slot = slot;
        this.mostTokens = mostTokens;
        this.endsByToken = endsByToken;
        this.seed = seed;
        PreparedPrompt prepared = generation.prepared();
        tokens = new IntList(prepared.tokens());
        promptLength = tokens.size();
        constraint = prepared.constraint();
        reader = new TurnReader(
                prepared.parser(),
                prepared.hasTools(),
                generation.request().stop(),
                event -> generation.mailbox().put(event));
        adds = new LogitAdds(generation.request().sampling());
    }

    LiveGeneration generation() {
        return generation;
    }

    KvSlot slot() {
        return slot;
    }

    /** Number of tokens that wait to be computed; at least one between steps. */
    int pending() {
        return tokens.size() - slot.length();
    }

    int[] tokens() {
        return tokens.array();
    }

    @Nullable
    Constraint constraint() {
        return constraint;
    }

    Draft draft() {
        return draft;
    }

    /** Rows in the current step. */
    int rows() {
        return knownRows + draft.size();
    }

    /** Notes that the next step has not asked for this sequence yet. */
    void clearStep() {
        knownRows = 0;
        draft.clear();
    }

    /** Guesses at most so many tokens after the known ones. */
    void guess(int most) {
        // penalties change the logits with every token
        if (constraint != null && !adds.changes() && most > 0) {
            // the token behind the draft must be a token of the answer too
            draft.guess(constraint, tokens.size(), Math.min(most, room() - 1), wantsLogprobs());
        }
    }

    /** Notes where this sequence stands in the step. */
    void placed(int row, int known, int output) {
        firstRow = row;
        knownRows = known;
        firstOutput = output;
    }

    /** Takes what the step has computed and drawn. Returns how the turn ends with it, or null. */
    @Nullable
    Ending take(Step step) {
        int from = slot.length();
        computed(knownRows);
        draft.computed();
        int next = firstOutput;
        while (pending() == 0) {
            int row = firstRow + slot.length() - 1 - from;
            while (step.output(next).row < row) {
                next++;
            }
            Ending ending = accept(step.output(next));
            if (ending != null) {
                return ending;
            }
            while (pending() > 0 && draft.foresaw(slot.length(), tokens.get(slot.length()))) {
                computed(1);
            }
        }
        return null;
    }

    private void computed(int rows) {
        int before = slot.length();
        slot.computed(tokens.array(), before, rows);
        if (before < promptLength) {
            int done = Math.min(slot.length(), promptLength);
            generation.mailbox().put(new GenerationEvent.Prefill(done, promptLength));
        }
    }

    /** Says how the next token is chosen, but for the mask. */
    void describe(Output wanted) {
        Sampling sampling = generation.request().sampling();
        wanted.temperature = sampling.temperature();
        wanted.topK = sampling.topK();
        wanted.topP = sampling.topP();
        wanted.minP = sampling.minP();
        wanted.seed = seed;
        adds.lendTo(wanted);
        Integer topLogprobs = generation.request().topLogprobs();
        wanted.wantsLogprob = topLogprobs != null;
        wanted.candidates = topLogprobs == null ? 0 : topLogprobs;
    }

    /** Appends what the constraint forces before anything is sampled. Returns how the turn ends with it, or null. */
    @Nullable
    Ending begin() {
        if (constraint != null && !constraint.mayBreakOff() && !closesWithin(constraint, room())) {
            return Ending.failed(new IncompleteAnswerException("The shortest complete answer has "
                    + constraint.shortestClose().length + " tokens, the request leaves room for " + room()
                    + ". Raise maxTokens or the context length."));
        }
        return appendForced();
    }

    /** Takes the token that was drawn. Returns how the turn ends with it, or null. */
    private @Nullable Ending accept(Output drawn) {
        int token = drawn.token;
        generation.progress().drawn();
        if (constraint != null && leavesNoRoom(constraint, token)) {
            return breakOff(FinishReason.LENGTH);
        }
        append(token, logprobOf(drawn));
        if (isLast(token)) {
            return Ending.of(reader.calls() > 0 ? FinishReason.TOOL_CALLS : FinishReason.STOP);
        }
        if (reader.isStopped()) {
            return Ending.of(FinishReason.STOP);
        }
        if (loop.accept(token)) {
            return breakOff(FinishReason.LOOP);
        }
        Ending ending = appendForced();
        return ending == null && room() <= 0 ? breakOff(FinishReason.LENGTH) : ending;
    }

    /** Ends the turn before the model does, completing what was promised by the shortest way. */
    Ending breakOff(FinishReason reason) {
        if (constraint == null || constraint.mayBreakOff() || reason == FinishReason.CANCELLED) {
            return Ending.of(reason);
        }
        int[] close = constraint.shortestClose();
        if (close.length > room()) {
            return Ending.failed(new IncompleteAnswerException("The answer ended early (" + reason.wireName()
                    + ") and needs " + close.length + " more tokens to be complete; there is room for " + room()
                    + "."));
        }
        for (int token : close) {
            appendUndrawn(token);
        }
        return Ending.of(reason);
    }

    /** Tells the reader of the mailbox how it ended. */
    void finish(Ending ending) {
        boolean isWhole = ending.reason() == FinishReason.STOP || ending.reason() == FinishReason.TOOL_CALLS;
        reader.finish(isWhole);
        Progress progress = generation.progress();
        progress.reasoning = reader.reasoningTokens();
        progress.drafted = draft.drafted();
        progress.accepted = draft.accepted();
    }

    private @Nullable Ending appendForced() {
        // With log-probabilities wanted, forced tokens are drawn one by one under a mask that leaves them alone.
        if (constraint == null || wantsLogprobs()) {
            return null;
        }
        for (int[] forced = constraint.forced(); forced.length > 0; forced = constraint.forced()) {
            for (int token : forced) {
                // where nothing is promised yet, a forced header may begin a call that must be whole
                if (room() <= 0 || constraint.mayBreakOff() && leavesNoRoom(constraint, token)) {
                    return breakOff(FinishReason.LENGTH);
                }
                appendUndrawn(token);
                if (isLast(token)) {
                    return Ending.of(reader.calls() > 0 ? FinishReason.TOOL_CALLS : FinishReason.STOP);
                }
            }
        }
        return null;
    }

    private void appendUndrawn(int token) {
        append(token, null);
        generation.progress().forced++;
    }

    private void append(int token, @Nullable TokenLogprob logprob) {
        if (constraint != null) {
            constraint.accept(token);
        }
        tokens.add(token);
        adds.said(token);
        generation.progress().generated(token);
        reader.accept(token, logprob);
    }

    private boolean wantsLogprobs() {
        return generation.request().topLogprobs() != null;
    }

    private boolean isLast(int token) {
        return endsByToken && SpecialTokens.endsGeneration(token);
    }

    /** Tokens that may still be generated. */
    private int room() {
        return mostTokens - tokens.size();
    }

    /** Whether after this token a promise could no longer be kept. */
    private boolean leavesNoRoom(Constraint before, int token) {
        Constraint after = before.fork();
        after.accept(token);
        return !after.mayBreakOff() && !closesWithin(after, room() - 1);
    }

    private static boolean closesWithin(Constraint constraint, int room) {
        return constraint.closeBound() <= room || constraint.shortestClose().length <= room;
    }

    private @Nullable TokenLogprob logprobOf(Output drawn) {
        Integer topLogprobs = generation.request().topLogprobs();
        if (topLogprobs == null) {
            return null;
        }
        List<TokenLogprob.Candidate> top = new ArrayList<>(topLogprobs);
        for (int i = 0; i < topLogprobs; i++) {
            top.add(new TokenLogprob.Candidate(drawn.candidateIds[i], drawn.candidateLogprobs[i]));
        }
        return new TokenLogprob(drawn.token, drawn.tokenLogprob, top);
    }
}
