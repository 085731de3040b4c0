package dev.gptoss.samples.assistant.chat;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import reactor.core.publisher.Flux;

/**
 * Tells of tool calls and results. It stands inside the tool loop: each round passes here, the calls on the way back and
 * the results, as the last message, on the way in of the next round.
 */
final class ToolEventsAdvisor implements StreamAdvisor {

    /** Advisor parameter with the consumer to tell. */
    static final String LISTENER = "assistant.tool-events";

    @Override
    public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
        if (!(request.context().get(LISTENER) instanceof Listener listener)) {
            return chain.nextStream(request);
        }
        Message last = request.prompt().getInstructions().getLast();
        if (last instanceof ToolResponseMessage results) {
            results.getResponses()
                    .forEach(result -> listener.accept(
                            new ChatEvent.ToolResult(result.id(), result.name(), result.responseData())));
        }
        return chain.nextStream(request).doOnNext(response -> tellCalls(response.chatResponse(), listener));
    }

    @Override
    public String getName() {
        return "tool events";
    }

    @Override
    public int getOrder() {
        return ToolCallingAdvisor.DEFAULT_ORDER + 100;
    }

    private static void tellCalls(@Nullable ChatResponse response, Listener listener) {
        Generation generation = response == null ? null : response.getResult();
        if (generation != null) {
            generation
                    .getOutput()
                    .getToolCalls()
                    .forEach(call -> listener.accept(new ChatEvent.ToolCall(call.id(), call.name(), call.arguments())));
        }
    }

    /** Who is told. */
    @FunctionalInterface
    interface Listener extends Consumer<ChatEvent> {}
}
