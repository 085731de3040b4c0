package dev.gptoss.spring.tool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The tools of an application's beans. They are offered to every chat client of ours unless its advisors are given
 * {@link #notOffered}.
 */
public final class ToolCatalog implements SmartInitializingSingleton {

    static final String OFFERED = "gptoss.tools.offered";

    private final ToolBeanScanner scanner;
    private volatile @Nullable List<ToolCallback> tools;

    public ToolCatalog(ConfigurableListableBeanFactory beans) {
        this.scanner = new ToolBeanScanner(beans);
    }

    /** Keeps the tools of beans from a client or a request: {@code advisors(ToolCatalog::notOffered)}. */
    public static void notOffered(ChatClient.AdvisorSpec advisors) {
        advisors.param(OFFERED, false);
    }

    /** Finds out about two tools of one name while the application starts. */
    @Override
    public void afterSingletonsInstantiated() {
        tools();
    }

    /**
     * All tools, in an order that does not change.
     *
     * @throws DuplicateToolNameException if two have the same name
     */
    public List<ToolCallback> tools() {
        List<ToolCallback> found = tools;
        if (found == null) {
            found = scan();
            tools = found;
        }
        return found;
    }

    private List<ToolCallback> scan() {
        Map<String, BeanToolCallback> byName = new HashMap<>();
        List<ToolCallback> found = new ArrayList<>();
        for (BeanToolCallback tool : scanner.scan()) {
            String name = tool.getToolDefinition().name();
            BeanToolCallback other = byName.putIfAbsent(name, tool);
            if (other != null) {
                throw new DuplicateToolNameException(name, other.origin(), tool.origin());
            }
            found.add(tool);
        }
        return List.copyOf(found);
    }
}
