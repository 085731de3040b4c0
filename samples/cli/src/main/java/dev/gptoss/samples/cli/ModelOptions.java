package dev.gptoss.samples.cli;

import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.samples.nano.NanoModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which model, and how it computes. */
final class ModelOptions {

    enum BackendName {
        REFERENCE,
        SCALAR,
        VECTOR
    }

    @Spec(Spec.Target.MIXEE)
    CommandSpec command = CommandSpec.create();

    @Option(
            names = "--model",
            required = true,
            paramLabel = "M",
            description =
                    "A folder (Hugging Face or original layout), a GGUF file, or nano for the demonstration model.")
    String model = "";

    @Option(names = "--backend", description = "One of ${COMPLETION-CANDIDATES}; chosen if absent.")
    @Nullable
    BackendName backend;

    @Option(
            names = "--species",
            paramLabel = "BITS",
            description = "Width of vectors: 128, 256 or 512; chosen if absent.")
    int species;

    @Option(
            names = "--precision",
            description = "One of ${COMPLETION-CANDIDATES}: F32 activations and KV, or the fast variant.")
    @Nullable
    Precision precision;

    @Option(
            names = {"--threads", "-t"},
            paramLabel = "N",
            description = "Threads that compute; the physical cores if absent.")
    int threads;

    /**
     * The options of an engine.
     *
     * @param usualPrecision the command's default
     * @throws ParameterException if a value is out of its range
     */
    EngineOptions engineOptions(Precision usualPrecision, Console console) {
        try {
            EngineOptions options = EngineOptions.of(path())
                    .withSpecies(species)
                    .withPrecision(precision == null ? usualPrecision : precision)
                    .withThreads(threads)
                    .withLoadListener(new LoadProgress(console));
            return backend == null
                    ? options
                    : options.withBackend(backend.name().toLowerCase(java.util.Locale.ROOT));
        } catch (IllegalArgumentException wrong) {
            throw wrongUsage(Failures.message(wrong));
        }
    }

    ParameterException wrongUsage(String message) {
        CommandLine commandLine = command.commandLine();
        return new ParameterException(commandLine, message);
    }

    private Path path() {
        Path path = Path.of(model);
        if (model.equals("nano") && !Files.exists(path)) {
            return NanoModel.path();
        }
        if (!Files.exists(path)) {
            throw new CommandException("No model at " + path + ". Name a folder, a GGUF file, or nano.");
        }
        return path;
    }
}
