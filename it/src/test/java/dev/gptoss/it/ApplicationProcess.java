package dev.gptoss.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged assistant as its users start it. */
final class AssistantProcess implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("The assistant is at (http://localhost:\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final String url;

    private AssistantProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static AssistantProcess start() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        jar().toString(),
                        "--server.port=0"))
                .redirectErrorStream(true)
                .start();
        CompletableFuture<String> url = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> follow(process, url));
        try {
            return new AssistantProcess(process, url.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
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
                Matcher found = URL.matcher(line);
                if (found.find()) {
                    url.complete(found.group(1));
                }
            }
        } catch (IOException e) {
            output.append(e);
        }
        url.completeExceptionally(new IllegalStateException("The assistant ended:\n" + output));
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../samples/assistant/target"))) {
            return files.filter(file ->
                            file.getFileName().toString().matches("gpt-oss-sample-assistant-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("samples/assistant is not packaged"));
        }
    }
}
