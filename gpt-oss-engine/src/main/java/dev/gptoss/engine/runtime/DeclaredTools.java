package dev.gptoss.engine.runtime;

import dev.gptoss.engine.harmony.Content;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.DeveloperContent;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.SystemContent;
import dev.gptoss.engine.harmony.ToolNamespace;
import java.util.ArrayList;
import java.util.List;

/** The namespaces that the system and developer messages of a conversation declare. */
final class DeclaredTools {

    private DeclaredTools() {}

    static List<ToolNamespace> of(Conversation conversation) {
        List<ToolNamespace> namespaces = new ArrayList<>();
        for (Message message : conversation.messages()) {
            for (Content content : message.content()) {
                if (content instanceof SystemContent system) {
                    namespaces.addAll(system.tools().values());
                } else if (content instanceof DeveloperContent developer) {
                    namespaces.addAll(developer.tools().values());
                }
            }
        }
        return namespaces;
    }
}
