package dev.gptoss.spring.tool;

import dev.gptoss.spring.chat.GptOssChatOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.tool.ToolCallback;
import reactor.core.publisher.Flux;

/**
 * Adds the tools of beans to requests of our model, before the framework's tool loop looks at them. Names that a request
 * has already are left alone, so that a bean which is also passed by hand is no error.
 */
public final class DiscoveredToolsAdvisor implements CallAdvisor, StreamAdvisor {

    private final ToolCatalog catalog;

    public DiscoveredToolsAdvisor(ToolCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
        return chain.nextCall(withTools(request));
    }

    @Override
    public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
        return chain.nextStream(withTools(request));
    }

    @Override
    public String getName() {
        return "discovered tools";
    }

    @Override
    public int getOrder() {
        return ToolCallingAdvisor.DEFAULT_ORDER - 50;
    }

    private ChatClientRequest withTools(ChatClientRequest request) {
        boolean isOffered = !Boolean.FALSE.equals(request.context().get(ToolCatalog.OFFERED));
        if (!isOffered || !(request.prompt().getOptions() instanceof GptOssChatOptions options)) {
            return request;
        }
        List<ToolCallback> tools = new ArrayList<>(Objects.requireNonNullElse(options.getToolCallbacks(), List.of()));
        Set<String> present = tools.stream().map(DiscoveredToolsAdvisor::name).collect(Collectors.toSet());
        catalog.tools().stream().filter(tool -> !present.contains(name(tool))).forEach(tools::add);
        return request.mutate()
                .prompt(request.prompt()
                        .mutate()
                        .chatOptions(options.mutate().toolCallbacks(tools).build())
                        .build())
                .build();
    }

    private static String name(ToolCallback tool) {
        return tool.getToolDefinition().name();
    }
}
