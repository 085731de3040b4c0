package dev.gptoss.samples.assistant.start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command that started this process: {@code java flags... -jar jar arguments...}.
 *
 * @param java path of the executable
 */
record JavaCommand(String java, List<String> flags, List<String> arguments) {

    /** Variables whose flags a JVM takes beside those of its command. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /**
     * The command in its parts; empty if it is none of this kind, cannot be read, or has flags that a cache may not suit:
     * any but properties and heap sizes.
     */
    static Optional<JavaCommand> of(String java, String[] words, Path jar, Map<String, String> environment) {
        int at = Arrays.asList(words).indexOf("-jar");
        boolean isOurs =
                at >= 0 && at + 1 < words.length && Path.of(words[at + 1]).equals(jar);
        if (java.isEmpty() || !isOurs || VARIABLES.stream().anyMatch(environment::containsKey)) {
            return Optional.empty();
        }
        List<String> flags = List.of(words).subList(0, at);
        boolean isPlain = flags.stream().allMatch(flag -> flag.matches("(-D|-Xms|-Xmx).*"));
        return isPlain
                ? Optional.of(new JavaCommand(java, flags, List.of(words).subList(at + 2, words.length)))
                : Optional.empty();
    }

    /** The command that starts the same with a cache. */
    List<String> with(StartCache cache) {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(flags);
        command.addAll(cache.flags());
        command.add("-D" + FastStart.PROPERTY + "=false");
        command.add("-jar");
        command.add(cache.jar().toString());
        command.addAll(arguments);
        return command;
    }
}
