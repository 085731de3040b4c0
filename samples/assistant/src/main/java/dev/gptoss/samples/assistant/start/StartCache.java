package dev.gptoss.samples.assistant.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder beside the packaged jar and named after it: the jar unpacked, and the JVM's record of what a first question
 * loads and which methods it makes hot.
 */
record StartCache(Path packaged, Path folder) {

    /** Saves 0.1 s; nearly all of this application's memory is outside the heap. */
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    /** Saves 0.15 s, in which 150 forms of method handles would be made for beans that are each made once. */
    private static final String REFLECTION = "-Djdk.reflect.useNativeAccessorOnly=true";

    /**
     * Twenty times the defaults: the start is not worth compiling in full, the model's loops still are within the first
     * answer. Where the training run keeps to it too, the cache asks for nothing more. On two cores, JDK 25, four starts
     * each by turns: first token 2.60 to 2.67 s instead of 2.91 to 3.21, the rest of the answer 0.37 s instead of 0.69.
     */
    private static final List<String> FULL_COMPILATION = List.of(
            "-XX:Tier4InvocationThreshold=100000",
            "-XX:Tier4MinInvocationThreshold=12000",
            "-XX:Tier4CompileThreshold=300000",
            "-XX:Tier4BackEdgeThreshold=800000");

    static StartCache beside(Path packaged) {
        Path jar = packaged.toAbsolutePath().normalize();
        String name = String.valueOf(jar.getFileName());
        return new StartCache(jar, jar.resolveSibling(name.substring(0, name.length() - ".jar".length())));
    }

    /** The jar that a JVM with the cache starts. */
    Path jar() {
        return folder.resolve(String.valueOf(packaged.getFileName()));
    }

    /** What a JVM needs to use the cache; one that cannot goes on without. */
    List<String> flags() {
        return with("-XX:AOTCache=" + record());
    }

    /** Whether it was made of this very file by this very JVM. */
    boolean isCurrent() {
        try {
            return Files.exists(stamp()) && Files.readString(stamp()).equals(identity());
        } catch (IOException e) {
            return false;
        }
    }

    /** Unpacks the jar and asks it one question. */
    void prepare(Path java) throws IOException, InterruptedException {
        Files.deleteIfExists(stamp());
        run(
                java.toString(),
                "-Djarmode=tools",
                "-jar",
                packaged.toString(),
                "extract",
                "--force",
                "--destination",
                folder.toString());
        List<String> training = with("-XX:AOTCacheOutput=" + record());
        training.addFirst(java.toString());
        training.addAll(List.of(
                "-D" + FastStart.PROPERTY + "=false",
                "-jar",
                jar().toString(),
                "--assistant.training-run=true",
                "--server.port=0"));
        run(training.toArray(String[]::new));
        Files.writeString(stamp(), identity());
    }

    private static List<String> with(String cache) {
        List<String> flags = new ArrayList<>(List.of(COLLECTOR, REFLECTION));
        flags.addAll(FULL_COMPILATION);
        flags.add(cache);
        return flags;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + output);
        }
    }

    private Path record() {
        return folder.resolve("start.aot");
    }

    private Path stamp() {
        return folder.resolve("start.stamp");
    }

    /** Times of the last change cannot be set, so a new jar in the old one's place is always noticed. */
    private String identity() throws IOException {
        return Files.size(packaged) + "\n" + Files.getAttribute(packaged, "unix:ctime") + "\n"
                + System.getProperty("java.home") + "\n" + System.getProperty("java.vm.version") + "\n";
    }
}
