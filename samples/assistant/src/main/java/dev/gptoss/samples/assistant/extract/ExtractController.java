package dev.gptoss.samples.assistant.extract;

import dev.gptoss.spring.tool.ToolCatalog;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Text in, record out. The answer always fits the record: no other token can be drawn. */
@RestController
@RequestMapping("/api/extract")
class ExtractController {

    private final ChatClient client;

    ExtractController(ChatClient.Builder builder) {
        this.client = builder.defaultSystem("You extract data from text.")
                .defaultAdvisors(ToolCatalog::notOffered)
                .build();
    }

    @PostMapping("/contact")
    @Nullable
    Contact contact(@Valid @RequestBody Source source) {
        return extract("contact", source, Contact.class);
    }

    @PostMapping("/event")
    @Nullable
    Event event(@Valid @RequestBody Source source) {
        return extract("event", source, Event.class);
    }

    @PostMapping("/order")
    @Nullable
    Order order(@Valid @RequestBody Source source) {
        return extract("order", source, Order.class);
    }

    private <T> @Nullable T extract(String what, Source source, Class<T> type) {
        return client.prompt()
                .user("Extract the " + what + " from this text: " + source.text())
                .call()
                .entity(type);
    }

    record Source(@NotBlank @Size(max = 8000) String text) {}
}
