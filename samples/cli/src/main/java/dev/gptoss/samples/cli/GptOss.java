package dev.gptoss.samples.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The root command, and the way in. */
@Command(
        name = "gpt-oss",
        description = "gpt-oss models inside a JVM. The contract of each command is in docs/cli.md.",
        mixinStandardHelpOptions = true,
        version = "gpt-oss 0.1.0",
        synopsisSubcommandLabel = "COMMAND")
public final class GptOss implements Runnable {

    private static final int FAILURE = 1;
    private static final int WRONG_USAGE = 2;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        // A library that prints must not end up between results.
        System.setOut(console.err());
        System.exit(run(console, arguments));
    }

    static int run(Console console, String... arguments) {
        CommandLine commands = new CommandLine(new GptOss())
                .addSubcommand(new TokenizeCommand(console))
                .addSubcommand(new RenderCommand(console))
                .addSubcommand(new ParseCommand(console))
                .addSubcommand(new LogitsCommand(console))
                .addSubcommand(new GenerateCommand(console))
                .addSubcommand(new BenchCommand(console))
                .addSubcommand(new SynthCommand(console))
                .addSubcommand(new SchemaCommand(console))
                .addSubcommand(new ChatCommand(console));
        return commands.setOut(new java.io.PrintWriter(console.out(), true, java.nio.charset.StandardCharsets.UTF_8))
                .setErr(new java.io.PrintWriter(console.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, args) -> wrongUsage(console, failure))
                .setExecutionExceptionHandler((failure, command, result) -> failure(console, command, failure, result))
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static int wrongUsage(Console console, ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        console.note(
                Failures.message(failure) + ". Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return WRONG_USAGE;
    }

    private static int failure(Console console, CommandLine command, Exception failure, ParseResult result) {
        console.note("gpt-oss " + command.getCommandName() + ": " + Failures.message(failure));
        org.slf4j.LoggerFactory.getLogger(GptOss.class).debug("{} failed", result.originalArgs(), failure);
        return FAILURE;
    }
}
