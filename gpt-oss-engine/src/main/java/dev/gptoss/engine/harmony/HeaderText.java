package dev.gptoss.engine.harmony;

import java.util.ArrayList;
import java.util.List;

/**
 * A header's text taken apart without judging it: what follows each channel marker, what follows each content-type
 * marker, and all other words in order.
 *
 * @param channels the word behind each channel marker, empty where there is none
 * @param types the word behind each content-type marker, empty where there is none
 */
record HeaderText(List<String> channels, List<String> types, List<String> words) {

    static HeaderText of(String text) {
        HeaderText header = new HeaderText(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<String> into = header.words;
        for (int at = 0; at < text.length(); ) {
            if (text.startsWith(HarmonyGrammar.CHANNEL_MARKER, at)) {
                into = beginValue(header.channels);
                at += HarmonyGrammar.CHANNEL_MARKER.length();
            } else if (text.startsWith(HarmonyGrammar.CONSTRAIN_MARKER, at)) {
                into = beginValue(header.types);
                at += HarmonyGrammar.CONSTRAIN_MARKER.length();
            } else if (WhiteSpace.is(text.charAt(at))) {
                at++;
            } else {
                int end = wordEnd(text, at);
                String word = text.substring(at, end);
                at = end;
                if (into != header.words && !word.startsWith(HarmonyGrammar.TO)) {
                    into.set(into.size() - 1, word);
                } else {
                    header.words.add(word);
                }
                into = header.words;
            }
        }
        return header;
    }

    private static List<String> beginValue(List<String> values) {
        values.add("");
        return values;
    }

    private static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && !WhiteSpace.is(text.charAt(end)) && !isMarker(text, end)) {
            end++;
        }
        return end;
    }

    private static boolean isMarker(String text, int at) {
        return text.startsWith(HarmonyGrammar.CHANNEL_MARKER, at)
                || text.startsWith(HarmonyGrammar.CONSTRAIN_MARKER, at);
    }
}
