package dev.gptoss.engine.harmony;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Leaves out the reasoning of earlier turns. */
final class ReasoningFilter {

    private ReasoningFilter() {}

    static List<Message> keep(List<Message> messages, OldReasoning oldReasoning) {
        return switch (oldReasoning) {
            case REFERENCE -> endsWithAnswer(messages) ? withoutAnalysis(messages, firstFinal(messages)) : messages;
            case ALL_FINISHED_TURNS -> withoutReasoning(messages, lastFinal(messages));
            case KEEP -> messages;
        };
    }

    private static boolean endsWithAnswer(List<Message> messages) {
        for (Message message : messages.reversed()) {
            if (message.author().role() == Role.ASSISTANT) {
                return Channel.FINAL.is(message.channel());
            }
        }
        return false;
    }

    private static int firstFinal(List<Message> messages) {
        int first = 0;
        while (first < messages.size() && !Channel.FINAL.is(messages.get(first).channel())) {
            first++;
        }
        return first;
    }

    private static int lastFinal(List<Message> messages) {
        int last = messages.size() - 1;
        while (last >= 0 && !Channel.FINAL.is(messages.get(last).channel())) {
            last--;
        }
        return last;
    }

    private static List<Message> withoutAnalysis(List<Message> messages, int end) {
        List<Message> kept = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (i >= end || !Channel.ANALYSIS.is(messages.get(i).channel())) {
                kept.add(messages.get(i));
            }
        }
        return kept;
    }

    /** Drops results that came back on another channel than the analysis call they answer, too. */
    private static List<Message> withoutReasoning(List<Message> messages, int end) {
        List<Message> kept = new ArrayList<>();
        List<String> unanswered = new ArrayList<>(); // recipients of calls that were dropped
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            boolean isResult = message.author().role() == Role.TOOL;
            boolean answersDropped = isResult
                    && unanswered.remove(Objects.toString(message.author().name(), ""));
            if (i < end && Channel.ANALYSIS.is(message.channel())) {
                if (!isResult && message.kind() == MessageKind.CALL) {
                    unanswered.add(Objects.requireNonNull(message.recipient()));
                }
            } else if (!answersDropped) {
                kept.add(message);
            }
        }
        return kept;
    }
}
