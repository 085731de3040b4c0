package dev.gptoss.spring.records;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import reactor.core.publisher.Flux;

/** Puts a schema into the options of a streamed request, which the framework leaves out. */
final class OutputSchemaAdvisor implements StreamAdvisor {

    private final String schema;

    OutputSchemaAdvisor(String schema) {
        this.schema = schema;
    }

    @Override
    public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
        if (!(request.prompt().getOptions() instanceof StructuredOutputChatOptions options)) {
            throw new IllegalStateException("The chat model's options take no schema, so it cannot stream a record.");
        }
        return chain.nextStream(request.mutate()
                .prompt(request.prompt()
                        .mutate()
                        .chatOptions(options.mutate().outputSchema(schema).build())
                        .build())
                .build());
    }

    @Override
    public String getName() {
        return "output schema";
    }

    @Override
    public int getOrder() {
        return ToolCallingAdvisor.DEFAULT_ORDER - 40;
    }
}
