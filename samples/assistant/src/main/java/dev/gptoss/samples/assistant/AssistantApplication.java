package dev.gptoss.samples.assistant;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the assistant. */
@SpringBootApplication
public class AssistantApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(AssistantApplication.class, arguments);
    }
}
