package dev.gptoss.samples.cli;

import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.ModelInfo;
import dev.gptoss.engine.Timings;
import dev.gptoss.engine.Usage;
import java.time.Duration;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole answer as one line of JSON. */
record GenerationLine(ModelInfo info) {

    String of(GenerationResult result) {
        ObjectNode line = Json.object();
        line.set(
                "ids",
                Json.array(result.tokens().stream().mapToInt(Integer::intValue).toArray()));
        line.put("text", result.text());
        line.put("reasoning", result.reasoning());
        ArrayNode calls = line.putArray("tool_calls");
        result.toolCalls()
                .forEach(call -> calls.addObject()
                        .put("id", call.id())
                        .put("name", call.name())
                        .put("arguments", call.arguments()));
        line.put("finish_reason", result.reason().wireName());
        line.set("usage", usage(result.usage()));
        line.set("timings", timings(result.timings()));
        return Json.write(Compute.of(info).addTo(line));
    }

    private static ObjectNode usage(Usage usage) {
        return Json.object()
                .put("prompt", usage.prompt())
                .put("cached", usage.cached())
                .put("reasoning", usage.reasoning())
                .put("completion", usage.completion());
    }

    private static ObjectNode timings(Timings timings) {
        return Json.object()
                .put("queued_s", seconds(timings.queued()))
                .put("prefill_s", seconds(timings.prefill()))
                .put("decode_s", seconds(timings.decode()))
                .put("total_s", seconds(timings.total()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
