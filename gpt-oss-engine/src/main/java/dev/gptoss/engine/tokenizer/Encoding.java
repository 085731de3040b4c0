package dev.gptoss.engine.tokenizer;

/** One encoding in progress: text in, ids out. */
final class Encoding {

    private final BytePairs pairs;

    Encoding(RankTable table) {
        pairs = new BytePairs(table);
    }

    /** Adds a part of a text as ordinary text; merges do not reach across parts. */
    Encoding ordinary(String text, int from, int to) {
        byte[] bytes = new byte[Math.addExact(Utf8.length(text, from, to), RankTable.PADDING)];
        int size = Utf8.encode(text, from, to, bytes);
        Splitter splitter = new Splitter(bytes, size);
        for (int start = 0; start < size; ) {
            int end = splitter.pieceEnd(start);
            pairs.addPiece(bytes, start, end);
            start = end;
        }
        return this;
    }

    Encoding special(int id) {
        pairs.add(id);
        return this;
    }

    int[] ids() {
        return pairs.ids();
    }
}
