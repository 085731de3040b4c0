package dev.gptoss.samples.cli;

import dev.gptoss.engine.tokenizer.Tokenizer;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.synth.SyntheticModel;
import dev.gptoss.engine.weights.synth.SyntheticModel.Dense;
import dev.gptoss.engine.weights.synth.SyntheticModel.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "synth",
        description = "Makes up a model of realistic scales, for measuring and for testing sizes.",
        mixinStandardHelpOptions = true)
final class SynthCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    CommandSpec command = CommandSpec.create();

    @Option(names = "--shape", required = true, paramLabel = "SHAPE", description = "20b, 120b, or a config.json.")
    String shape = "";

    @Option(names = "--format", description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    Format format = Format.GGUF;

    @Option(
            names = "--dense",
            description = "Type of all but the experts: ${COMPLETION-CANDIDATES}. Default: Q8_0, in safetensors BF16.")
    @Nullable
    Dense dense;

    @Option(names = "--seed", paramLabel = "S", description = "The same seed gives the same bytes.")
    long seed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PATH",
            description = "The file, or the folder for safetensors.")
    Path out = Path.of("");

    @Option(names = "--sparse", description = "Weights are zero and holes of the file.")
    boolean isSparse;

    SynthCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        SyntheticModel model = model(config());
        Path parent = out.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        model.write(
                out,
                new TokenTexts(Tokenizer.o200kHarmony()),
                Runtime.getRuntime().availableProcessors());
        console.note("wrote " + out);
        return 0;
    }

    private ModelConfig config() {
        return switch (shape) {
            case "20b" -> SyntheticModel.shape20b();
            case "120b" -> SyntheticModel.shape120b();
            default -> {
                Path file = Path.of(shape);
                if (!Files.isRegularFile(file)) {
                    throw new CommandException("No shape " + shape + ". Name 20b, 120b or a config.json.");
                }
                yield ModelConfig.read(file);
            }
        };
    }

    private SyntheticModel model(ModelConfig config) {
        Dense usual = format == Format.GGUF ? Dense.Q8_0 : Dense.BF16;
        try {
            return new SyntheticModel(config, format, dense == null ? usual : dense, seed, isSparse);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), Failures.message(wrong));
        }
    }
}
