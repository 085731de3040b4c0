package dev.gptoss.engine.runtime;

import java.util.List;

/**
 * Looks for stop strings in text that comes in pieces. What could be the beginning of one is held back, so that no part
 * of a stop string is ever given out. Of several the one that is complete first ends the text.
 */
final class StopStrings {

    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean isFound;

    StopStrings(List<String> stops) {
        this.stops = stops;
    }

    /** Takes more text and gives out what surely belongs to the answer; after a stop string, what stood before it. */
    String accept(String more) {
        if (stops.isEmpty() || isFound) {
            return isFound ? "" : more;
        }
        held.append(more);
        int start = -1;
        int end = Integer.MAX_VALUE;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            int stopEnd = at + stop.length();
            if (at >= 0 && (stopEnd < end || stopEnd == end && at < start)) {
                start = at;
                end = stopEnd;
            }
        }
        isFound = start >= 0;
        int sure = isFound ? start : held.length() - longestBeginning();
        String text = held.substring(0, sure);
        held.delete(0, isFound ? held.length() : sure);
        return text;
    }

    /** Whether a stop string was met. */
    boolean isFound() {
        return isFound;
    }

    /** Ends the text: gives out what was held back. */
    String finish() {
        String text = held.toString();
        held.setLength(0);
        return text;
    }

    /** Length of the longest end of the held text that begins a stop string. */
    private int longestBeginning() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (endsWithBeginning(stop, length)) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private boolean endsWithBeginning(String stop, int length) {
        int from = held.length() - length;
        for (int i = 0; i < length; i++) {
            if (held.charAt(from + i) != stop.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
