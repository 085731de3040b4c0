package dev.gptoss.engine.constrain;

import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A place in a header: a tree of the token sequences that may stand between {@code <|start|>assistant} and the end of
 * {@code <|message|>}. It knows which kinds of message can be reached and how soon each can be complete.
 */
final class HeaderNode {

    private static final int NEVER = Integer.MAX_VALUE;

    private final TreeMap<Integer, HeaderNode> next = new TreeMap<>();
    private final int[] closeBounds = new int[MessageTarget.Kind.values().length];
    private @Nullable MessageTarget target;
    private @Nullable MessageTarget ahead; // what the first header through here announces
    private boolean isUndecided; // headers through here announce different things
    private int usual = -1; // how the first header through here goes on
    private int kinds;

    HeaderNode() {
        Arrays.fill(closeBounds, NEVER);
    }

    /** Adds a header from here. Of several that announce the same the first is the usual one. */
    void add(int[] header, MessageTarget announced) {
        HeaderNode node = this;
        int bound = header.length + announced.closeBound();
        node.note(announced, bound);
        for (int token : header) {
            node.usual = node.usual < 0 ? token : node.usual;
            node = node.next.computeIfAbsent(token, unused -> new HeaderNode());
            node.note(announced, --bound);
        }
        node.target = announced;
    }

    private void note(MessageTarget announced, int bound) {
        isUndecided |= ahead != null && ahead != announced;
        ahead = announced;
        kinds |= announced.kind().bit();
        int kind = announced.kind().ordinal();
        closeBounds[kind] = Math.min(closeBounds[kind], bound);
    }

    /** What the header announces, once it is complete. */
    @Nullable
    MessageTarget target() {
        return target;
    }

    /** The place after a token, or null if it cannot stand here in a header of the allowed kinds. */
    @Nullable
    HeaderNode after(int token, int allowedKinds) {
        HeaderNode node = next.get(token);
        return node != null && (node.kinds & allowedKinds) != 0 ? node : null;
    }

    /** Sets the bits of the tokens that may stand here. */
    void mask(int allowedKinds, long[] words) {
        next.forEach((token, node) -> {
            if ((node.kinds & allowedKinds) != 0) {
                words[token >> 6] |= 1L << token;
            }
        });
    }

    /** The only token that may stand here, or -1 if there are several or the header is complete. */
    int onlyToken(int allowedKinds) {
        int only = -1;
        for (var entry : next.entrySet()) {
            if ((entry.getValue().kinds & allowedKinds) != 0) {
                if (only >= 0) {
                    return -1;
                }
                only = entry.getKey();
            }
        }
        return only;
    }

    /** The usual rest of the header, if it is decided what it announces; else nothing. */
    int[] draft() {
        if (isUndecided) {
            return new int[0];
        }
        IntStream.Builder tokens = IntStream.builder();
        HeaderNode node = this;
        while (node.target == null) {
            tokens.add(node.usual);
            node = Objects.requireNonNull(node.next.get(node.usual));
        }
        return tokens.build().toArray();
    }

    /** Whether a message of the kind can be reached. */
    boolean reaches(MessageTarget.Kind kind) {
        return (kinds & kind.bit()) != 0;
    }

    /** Tokens from here that surely suffice for a complete message of the kind, which must be reachable. */
    int closeBound(MessageTarget.Kind kind) {
        return closeBounds[kind.ordinal()];
    }

    /** The token towards the message of the kind that is complete soonest. */
    int towards(MessageTarget.Kind kind) {
        int best = -1;
        int bound = NEVER;
        for (var entry : next.entrySet()) {
            int candidate = entry.getValue().closeBounds[kind.ordinal()];
            if (candidate < bound) {
                bound = candidate;
                best = entry.getKey();
            }
        }
        if (best < 0) {
            throw new IllegalStateException("no header from here announces " + kind);
        }
        return best;
    }
}
