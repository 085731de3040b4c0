package dev.gptoss.samples.cli;

import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.HarmonyRenderer;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to continue; exactly one of the three. */
final class GenerateInput {

    @Option(names = "--tokens", paramLabel = "FILE", description = "An array of ids a line, nothing added.")
    @Nullable
    Path tokens;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "One user turn.")
    @Nullable
    String prompt;

    @Option(names = "--conversation", paramLabel = "FILE", description = "A conversation a line, as render takes it.")
    @Nullable
    Path conversation;

    /** The inputs, each as the bytes of its line. */
    List<byte[]> lines() throws IOException {
        if (prompt != null) {
            return List.of(prompt.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        Path file = tokens != null ? tokens : conversation;
        List<byte[]> lines = new ArrayList<>();
        try (InputStream input = Files.newInputStream(file)) {
            new Lines(input).forEachRemaining(lines::add);
        }
        return lines;
    }

    /** Tokens of an input before the engine completes it. */
    int promptTokens(String line) {
        if (tokens != null) {
            return Json.ids(Json.read(line)).length;
        }
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        return prompt != null
                ? tokenizer.encode(line).length
                : RenderEntry.read(Json.read(line)).render(new HarmonyRenderer(tokenizer)).length;
    }

    /** The request that an input asks for. */
    GenerationRequest.Builder request(String line) {
        if (prompt != null) {
            return GenerationRequest.builder(new Prompt.Chat(Conversation.of(Message.user(prompt))));
        }
        if (tokens != null) {
            List<Integer> ids = Arrays.stream(Json.ids(Json.read(line))).boxed().toList();
            return GenerationRequest.builder(new Prompt.Tokens(ids));
        }
        RenderEntry entry = RenderEntry.read(Json.read(line));
        return GenerationRequest.builder(new Prompt.Chat(entry.conversation())).oldReasoning(entry.oldReasoning());
    }
}
