package dev.gptoss.samples.assistant.start;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Half the time to the first token: a manifest cannot name an AOT cache, so a jar that was started by {@code java -jar}
 * and has a cache beside it becomes, as by {@code exec} of a shell, the JVM that uses it. Whatever stands in the way, the
 * start goes on in place.
 */
public final class FastStart {

    /** System property: {@code false} starts in place, {@code prepare} makes the cache and ends. */
    static final String PROPERTY = "assistant.fast-start";

    private FastStart() {}

    /** To be called first of all. Returns where the application is to start in this process. */
    public static void attempt() {
        String wish = System.getProperty(PROPERTY, "");
        Path jar = Path.of(System.getProperty("java.class.path"));
        if (wish.equals("false") || !jar.toString().endsWith(".jar")) {
            return;
        }
        StartCache cache = StartCache.beside(jar);
        if (wish.equals("prepare")) {
            prepare(cache);
        } else if (ProcessImage.isReplaceable() && cache.isCurrent()) {
            ProcessHandle.Info self = ProcessHandle.current().info();
            String java = self.command().orElse("");
            String[] arguments = self.arguments().orElse(new String[0]);
            JavaCommand.of(java, arguments, jar, System.getenv())
                    .map(command -> command.with(cache))
                    .ifPresent(ProcessImage::replaceBy);
        }
    }

    private static void prepare(StartCache cache) {
        if (!ProcessImage.isReplaceable()) {
            System.err.println("No cache was made for a fast start: this system cannot use one.");
            System.exit(0);
        }
        try {
            cache.prepare(Path.of(System.getProperty("java.home"), "bin", "java"));
        } catch (IOException e) {
            System.err.println("No cache was made for a fast start: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            System.exit(1);
        }
        System.exit(0);
    }
}
