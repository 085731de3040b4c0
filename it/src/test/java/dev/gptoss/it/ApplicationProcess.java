package dev.gptoss.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A packaged application as its users start it. */
final class ApplicationProcess implements AutoCloseable {

    /** The flags that the engine wants. */
    static final List<String> VECTOR_FLAGS =
            List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final String url;

    private ApplicationProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts {@code java flags... -jar jar arguments...} on a free port and waits until it answers. */
    static ApplicationProcess start(List<String> flags, Path jar, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-jar", jar.toString(), "--server.port=0"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture<String> url = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> follow(process, url));
        try {
            return new ApplicationProcess(process, url.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    Process process() {
        return process;
    }

    String url() {
        return url;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static void follow(Process process, CompletableFuture<String> url) {
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                Matcher found = PORT.matcher(line);
                if (found.find()) {
                    url.complete("http://localhost:" + found.group(1));
                }
            }
        } catch (IOException e) {
            output.append(e);
        }
        url.completeExceptionally(new IllegalStateException("The application ended:\n" + output));
    }

    /** The assistant's jar. */
    static Path assistant() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../samples/assistant/target"))) {
            return files.filter(file ->
                            file.getFileName().toString().matches("gpt-oss-sample-assistant-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("samples/assistant is not packaged"));
        }
    }
}
