package dev.gptoss.samples.assistant.chat;

import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The conversation as the page calls it. */
@RestController
@RequestMapping("/api/chat")
class ChatController {

    private final Conversations conversations;

    ChatController(Conversations conversations) {
        this.conversations = conversations;
    }

    @PostMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<ChatEvent>> answer(@Valid @RequestBody ChatQuestion question) {
        return conversations
                .answer(question)
                .map(event ->
                        ServerSentEvent.builder(event).event(event.event()).build());
    }

    @DeleteMapping("/{conversation}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void stop(@PathVariable String conversation) {
        conversations.stop(conversation);
    }
}
