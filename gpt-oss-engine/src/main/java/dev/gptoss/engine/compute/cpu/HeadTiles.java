package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.Output;
import dev.gptoss.engine.compute.Step;

/**
 * The tiles of the head whose logits a step can look at. Where every output has a mask and wants nothing of the raw logits
 * these are the tiles with a permitted row; the others keep what they held, which the masks hide.
 */
final class HeadTiles {

    private final PackedMatrix head;
    private final int[] tiles;
    private int count;

    HeadTiles(PackedMatrix head) {
        this.head = head;
        tiles = new int[head.tiles()];
    }

    /** Lists those of a step whose masks are written. */
    void list(Step step) {
        boolean isMasked = true;
        for (int j = 0; j < step.outputCount(); j++) {
            Output output = step.output(j);
            isMasked &= output.mask != null && output.logits == null && !output.wantsLogprob && output.candidates == 0;
        }
        count = 0;
        for (int tile = 0; tile < tiles.length; tile++) {
            if (!isMasked || isPermitted(step, head.rowOf(tile), head.rowOf(tile + 1) - 1)) {
                tiles[count++] = tile;
            }
        }
    }

    /** Whether an output permits a row of the words that hold rows first to last. */
    private static boolean isPermitted(Step step, int first, int last) {
        for (int j = 0; j < step.outputCount(); j++) {
            long[] mask = step.output(j).mask;
            for (int word = first >> 6; mask != null && word <= last >> 6; word++) {
                if (mask[word] != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    int count() {
        return count;
    }

    /** The i-th of them, in rising order. */
    int tile(int i) {
        return tiles[i];
    }

    /** Past the last of the run of neighbours that begins with the i-th, at most {@code end}. */
    int endOfRun(int i, int end) {
        int next = i + 1;
        while (next < end && tiles[next] == tiles[i] + next - i) {
            next++;
        }
        return next;
    }
}
