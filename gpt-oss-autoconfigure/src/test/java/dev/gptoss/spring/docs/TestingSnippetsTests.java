package dev.gptoss.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

class TestingSnippetsTests {

    @Nested
    // tag::test[]
    @SpringBootTest
    class WeatherTests {

        @TestConfiguration
        static class Script {
            @Bean
            ScriptedEngine engine() {
                return new ScriptedEngine();
            }
        }

        @Autowired
        ScriptedEngine engine;

        @Autowired
        ChatClient.Builder builder;

        @Test
        void weatherIsLookedUpAndTold() {
            engine.reply(Reply.toolCall("weather", "{\"city\":\"Oslo\"}").withReasoning("A tool helps."))
                    .reply(Reply.text("It is 4 degrees in Oslo."));

            String answer = builder.build()
                    .prompt("What is the weather in Oslo?")
                    .call()
                    .content();

            assertThat(answer).isEqualTo("It is 4 degrees in Oslo.");
            assertThat(engine.lastRequest().prompt().toString()).contains("4 degrees in Oslo");
        }
    }
    // end::test[]

    static void rules(ScriptedEngine engine) {
        // tag::rules[]
        engine.when(request -> request.responseFormat() != null, Reply.text("{\"city\":\"Oslo\",\"degrees\":4}"));
        // end::rules[]
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Weather.class)
    static class Application {}

    static class Weather {
        @Tool
        String weather(String city) {
            return "4 degrees in " + city;
        }
    }
}
