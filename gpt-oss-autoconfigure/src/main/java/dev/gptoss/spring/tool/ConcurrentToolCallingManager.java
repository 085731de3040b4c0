package dev.gptoss.spring.tool;

import io.micrometer.context.ContextSnapshotFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import reactor.util.context.ContextView;

/**
 * Runs the calls of one answer at the same time, each on a virtual thread, and gives their results in the order of the
 * calls. Each single call goes through the manager that runs them one by one, so limits and observations hold.
 */
public final class ConcurrentToolCallingManager implements ToolCallingManager {

    private final ToolCallingManager oneByOne;
    private final boolean throwsOnError;

    /**
     * @param throwsOnError whether a failing tool fails the request; otherwise the model is told, and what the other
     *     tools found is kept
     */
    public ConcurrentToolCallingManager(ToolCallingManager oneByOne, boolean throwsOnError) {
        this.oneByOne = oneByOne;
        this.throwsOnError = throwsOnError;
    }

    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
        return oneByOne.resolveToolDefinitions(options);
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
        AssistantMessage message = response.getResults().stream()
                .map(Generation::getOutput)
                .filter(AssistantMessage::hasToolCalls)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The response calls no tool."));
        if (message.getToolCalls().size() == 1) {
            return oneByOne.executeToolCalls(prompt, response);
        }
        List<Outcome> outcomes = runAll(prompt, message);
        List<Message> history = new ArrayList<>(prompt.getInstructions());
        history.add(message);
        history.add(ToolResponseMessage.builder()
                .responses(outcomes.stream().map(Outcome::response).toList())
                .build());
        return ToolExecutionResult.builder()
                .conversationHistory(history)
                .returnDirect(outcomes.stream().allMatch(Outcome::isReturnedDirectly))
                .build();
    }

    private List<Outcome> runAll(Prompt prompt, AssistantMessage message) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> running = new ArrayList<>();
            for (int i = 0; i < message.getToolCalls().size(); i++) {
                running.add(threads.submit(inThisContext(single(prompt, message, i))));
            }
            return running.stream().map(ConcurrentToolCallingManager::result).toList();
        }
    }

    /** One call alone, told of the calls before it so that limits count them. */
    private Callable<Outcome> single(Prompt prompt, AssistantMessage message, int index) {
        List<AssistantMessage.ToolCall> calls = message.getToolCalls();
        AssistantMessage.ToolCall call = calls.get(index);
        List<Message> history = new ArrayList<>(prompt.getInstructions());
        if (index > 0) {
            history.add(AssistantMessage.builder()
                    .content("")
                    .toolCalls(calls.subList(0, index))
                    .build());
        }
        ChatResponse alone = new ChatResponse(List.of(new Generation(
                AssistantMessage.builder().content("").toolCalls(List.of(call)).build())));
        return () -> {
            try {
                ToolExecutionResult result = oneByOne.executeToolCalls(new Prompt(history, prompt.getOptions()), alone);
                ToolResponseMessage told =
                        (ToolResponseMessage) result.conversationHistory().getLast();
                return new Outcome(told.getResponses().getFirst(), result.returnDirect());
            } catch (ToolExecutionException e) {
                if (throwsOnError) {
                    throw e;
                }
                String text = "The tool failed: " + e.getMessage();
                return new Outcome(new ToolResponseMessage.ToolResponse(call.id(), call.name(), text), false);
            }
        };
    }

    private static Callable<Outcome> inThisContext(Callable<Outcome> task) {
        ContextView reactive = ToolCallReactiveContextHolder.getContext();
        return ContextSnapshotFactory.builder().build().captureAll().wrap(() -> {
            ToolCallReactiveContextHolder.setContext(reactive);
            try {
                return task.call();
            } finally {
                ToolCallReactiveContextHolder.clearContext();
            }
        });
    }

    private static Outcome result(Future<Outcome> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while tools ran.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private record Outcome(ToolResponseMessage.ToolResponse response, boolean isReturnedDirectly) {}
}
