package dev.gptoss.samples.assistant.chat;

import dev.gptoss.spring.chat.GptOssChatOptions;
import dev.gptoss.spring.chat.GptOssMetadata;
import dev.gptoss.spring.chat.Reasoning;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.stereotype.Service;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Answers questions, one at a time in each conversation. */
@Service
class Conversations {

    private final ChatClient client;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    Conversations(ChatClient.Builder builder, ChatMemory memory) {
        this.client = builder.defaultSystem("You are a helpful assistant.")
                .defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build(), new ToolEventsAdvisor())
                .build();
    }

    /** Starts to answer when subscribed to; whatever this conversation still says is stopped. */
    Flux<ChatEvent> answer(ChatQuestion question) {
        return Flux.create(sink -> start(question, sink));
    }

    /** Stops the answer of a conversation, if there is one. */
    void stop(String conversation) {
        Running current = running.remove(conversation);
        if (current != null) {
            current.stop();
        }
    }

    private void start(ChatQuestion question, FluxSink<ChatEvent> sink) {
        stop(question.conversation());
        ToolEventsAdvisor.Listener listener = sink::next;
        Disposable subscription = client
                .prompt()
                .user(question.text())
                .options(GptOssChatOptions.builder().reasoningEffort(question.effort()))
                .advisors(advisors -> advisors.param(ChatMemory.CONVERSATION_ID, question.conversation())
                        .param(ToolEventsAdvisor.LISTENER, listener))
                .stream()
                .chatResponse()
                .subscribe(response -> tell(response, sink), error -> fail(error, sink), sink::complete);
        Running current = new Running(subscription, sink);
        running.put(question.conversation(), current);
        sink.onDispose(() -> {
            subscription.dispose();
            running.remove(question.conversation(), current);
        });
    }

    private static void tell(ChatResponse response, FluxSink<ChatEvent> sink) {
        String thought = Reasoning.of(response).delta();
        if (!thought.isEmpty()) {
            sink.next(new ChatEvent.Reasoning(thought));
        }
        Generation generation = response.getResult();
        if (generation == null) {
            return;
        }
        String text = Objects.requireNonNullElse(generation.getOutput().getText(), "");
        if (!text.isEmpty()) {
            sink.next(new ChatEvent.Text(text));
        }
        String finishReason = generation.getMetadata().getFinishReason();
        if (finishReason != null) {
            Usage usage = response.getMetadata().getUsage();
            sink.next(new ChatEvent.Done(
                    finishReason,
                    usage.getPromptTokens(),
                    usage.getCompletionTokens(),
                    response.getMetadata().<Double>get(GptOssMetadata.TOKENS_PER_SECOND)));
        }
    }

    private static void fail(Throwable error, FluxSink<ChatEvent> sink) {
        sink.next(new ChatEvent.Failed(Objects.requireNonNullElse(error.getMessage(), error.toString())));
        sink.complete();
    }

    private record Running(Disposable subscription, FluxSink<ChatEvent> sink) {

        void stop() {
            subscription.dispose();
            sink.complete();
        }
    }
}
