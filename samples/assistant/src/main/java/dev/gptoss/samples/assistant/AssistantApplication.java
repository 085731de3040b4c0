package dev.gptoss.samples.assistant;

import dev.gptoss.samples.assistant.start.FastStart;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the assistant. */
@SpringBootApplication
public class AssistantApplication {

    public static void main(String[] arguments) {
        FastStart.attempt();
        SpringApplication.run(AssistantApplication.class, arguments);
    }
}
