package dev.gptoss.engine.harmony;

import java.util.ArrayList;
import java.util.List;

/** The text of a message's content, as the model was trained to read it. */
final class ContentText {

    private static final String FUNCTION_CALLS =
            "\nCalls to these tools must go to the commentary channel: '" + ToolNamespace.FUNCTIONS + "'.";

    private ContentText() {}

    /**
     * The text of one content.
     *
     * @param hasFunctions whether the conversation declares functions
     * @throws IllegalArgumentException if the content is not for the role
     */
    static String of(Role role, Content content, boolean hasFunctions) {
        return switch (content) {
            case TextContent text -> text.text();
            case SystemContent system -> {
                require(role == Role.SYSTEM, "SystemContent may only appear in system messages", role);
                yield system(system, hasFunctions);
            }
            case DeveloperContent developer -> {
                require(role == Role.DEVELOPER, "DeveloperContent may only appear in developer messages", role);
                yield developer(developer);
            }
        };
    }

    private static String system(SystemContent system, boolean hasFunctions) {
        List<String> about = new ArrayList<>();
        if (system.identity() != null) {
            about.add(system.identity());
        }
        if (system.knowledgeCutoff() != null) {
            about.add("Knowledge cutoff: " + system.knowledgeCutoff());
        }
        if (system.currentDate() != null) {
            about.add("Current date: " + system.currentDate());
        }
        List<String> sections = new ArrayList<>();
        if (!about.isEmpty()) {
            sections.add(String.join("\n", about));
        }
        ReasoningEffort effort = system.effort();
        if (effort != null) {
            sections.add("Reasoning: " + effort.word());
        }
        if (!system.tools().isEmpty()) {
            sections.add(ToolsSection.of(system.tools()));
        }
        if (!system.channels().isEmpty()) {
            sections.add("# Valid channels: " + String.join(", ", system.channels()) + "."
                    + (system.channelRequired() ? " Channel must be included for every message." : "")
                    + (hasFunctions ? FUNCTION_CALLS : ""));
        }
        return String.join("\n\n", sections);
    }

    private static String developer(DeveloperContent developer) {
        List<String> sections = new ArrayList<>();
        String instructions = developer.instructions();
        ResponseFormat format = developer.responseFormat();
        if (instructions != null || format != null) {
            sections.add("# Instructions");
        }
        if (instructions != null) {
            sections.add(instructions);
        }
        if (format != null) {
            sections.add(format.section());
        }
        if (!developer.tools().isEmpty()) {
            sections.add(ToolsSection.of(developer.tools()));
        }
        return String.join("\n\n", sections);
    }

    private static void require(boolean allowed, String rule, Role found) {
        if (!allowed) {
            throw new IllegalArgumentException(rule + ", found in " + found.word());
        }
    }
}
