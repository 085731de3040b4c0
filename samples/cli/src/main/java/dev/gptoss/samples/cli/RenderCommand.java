package dev.gptoss.samples.cli;

import dev.gptoss.engine.harmony.HarmonyRenderer;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "render", description = "A conversation a line becomes its token ids.", mixinStandardHelpOptions = true)
final class RenderCommand implements Callable<Integer> {

    private final Console console;

    RenderCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        HarmonyRenderer renderer = new HarmonyRenderer(Tokenizer.o200kHarmony());
        return new LineJob(console).run(new Lines(console.in()), line -> {
            int[] ids = RenderEntry.read(Json.read(line)).render(renderer);
            return Json.write(Json.object().set("ids", Json.array(ids)));
        });
    }
}
