package dev.gptoss.engine.tokenizer;

import java.util.stream.IntStream;

/** Byte-pair merging of a piece of any length in n log n: a linked list of parts and a heap of candidate pairs. */
final class LongPiece {

    private final RankTable table;
    private final byte[] text;
    private final int from;
    private final int size;
    private final int[] next; // start of the part after the one that starts here, relative to from
    private final int[] previous;
    private final int[] pairRanks; // rank of this part joined with its successor; NONE also for parts merged away
    private final LongHeap candidates;

    LongPiece(RankTable table, byte[] text, int from, int to) {
        this.table = table;
        this.text = text;
        this.from = from;
        this.size = to - from;
        this.next = new int[size];
        this.previous = new int[size];
        this.pairRanks = new int[size];
        this.candidates = new LongHeap(size);
    }

    /** The ids of the piece. */
    IntStream merge() {
        for (int i = 0; i < size; i++) {
            next[i] = i + 1;
            previous[i] = i - 1;
        }
        for (int i = 0; i < size; i++) {
            rank(i);
        }
        while (!candidates.isEmpty()) {
            long candidate = candidates.pop();
            int part = (int) candidate;
            if (pairRanks[part] == (int) (candidate >>> 32)) {
                join(part);
            }
        }
        return IntStream.iterate(0, i -> i < size, i -> next[i]).map(i -> table.find(text, from + i, from + next[i]));
    }

    private void join(int part) {
        int gone = next[part];
        next[part] = next[gone];
        if (next[part] < size) {
            previous[next[part]] = part;
        }
        pairRanks[gone] = RankTable.NONE;
        rank(part);
        if (previous[part] >= 0) {
            rank(previous[part]);
        }
    }

    private void rank(int part) {
        int second = next[part];
        int rank = second < size ? table.find(text, from + part, from + next[second]) : RankTable.NONE;
        pairRanks[part] = rank;
        if (rank != RankTable.NONE) {
            candidates.push((long) rank << 32 | part); // lowest rank first, leftmost on ties
        }
    }
}
