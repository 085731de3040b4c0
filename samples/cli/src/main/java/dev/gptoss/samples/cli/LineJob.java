package dev.gptoss.samples.cli;

import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One JSON line out for each line in, in order. A bad line tells its error and the rest goes on. */
final class LineJob {

    private static final Logger LOG = LoggerFactory.getLogger(LineJob.class);

    private final Console console;

    LineJob(Console console) {
        this.console = console;
    }

    /**
     * Runs all lines.
     *
     * @param answer the JSON line of an input line; what it throws becomes the line's error
     * @return the exit code
     */
    int run(Iterator<byte[]> lines, UnaryOperator<String> answer) {
        int exitCode = 0;
        while (lines.hasNext()) {
            byte[] line = lines.next();
            String result;
            try {
                result = answer.apply(Lines.text(line));
            } catch (RuntimeException failure) {
                result = Json.error(Failures.message(failure));
                LOG.debug("a line failed", failure);
                exitCode = 1;
            }
            console.line(result);
        }
        return exitCode;
    }
}
