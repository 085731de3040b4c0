package dev.gptoss.spring.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.chat.GptOssChatOptions;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.chat.prompt.PromptTemplate;
import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.converter.ListOutputConverter;
import org.springframework.ai.converter.MapOutputConverter;
import org.springframework.ai.converter.StructuredOutputConverter;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.convert.support.DefaultConversionService;

/** What other chat models of the framework are tested for: its own converters, with and without a schema. */
class ConverterAcceptanceTests {

    private static final String FILMS = "{\"actor\":\"Tom Hanks\",\"movies\":[\"Big\",\"Cast Away\"]}";
    private static final Films EXPECTED = new Films("Tom Hanks", List.of("Big", "Cast Away"));

    private final ScriptedEngine engine = new ScriptedEngine();
    private final GptOssChatModel model = GptOssChatModel.builder(engine).build();

    @Test
    void lists() {
        engine.reply(Reply.text("vanilla, chocolate, mint"));

        assertThat(converted(new ListOutputConverter(new DefaultConversionService())))
                .containsExactly("vanilla", "chocolate", "mint");
    }

    @Test
    void maps() {
        engine.reply(Reply.text("{\"numbers\":[1,2,3]}"));

        assertThat(converted(new MapOutputConverter())).isEqualTo(Map.of("numbers", List.of(1, 2, 3)));
    }

    @Test
    void beans() {
        engine.reply(Reply.text("```json\n" + FILMS + "\n```"));

        assertThat(converted(new BeanOutputConverter<>(Films.class))).isEqualTo(EXPECTED);
    }

    @Test
    void typeReferences() {
        engine.reply(Reply.text("[" + FILMS + "]"));

        assertThat(converted(new BeanOutputConverter<>(new ParameterizedTypeReference<List<Films>>() {})))
                .containsExactly(EXPECTED);
    }

    @Test
    void beansOutOfAStream() {
        engine.reply(Reply.text(FILMS));
        BeanOutputConverter<Films> converter = new BeanOutputConverter<>(Films.class);

        String text = model.stream(prompt(converter))
                .map(chunk ->
                        Objects.requireNonNullElse(chunk.getResult().getOutput().getText(), ""))
                .collect(Collectors.joining())
                .block();

        assertThat(converter.convert(text)).isEqualTo(EXPECTED);
    }

    @Test
    void schemaInTheOptionsOfTheModel() {
        engine.reply(Reply.text(FILMS));
        BeanOutputConverter<Films> converter = new BeanOutputConverter<>(Films.class);

        String text = model.call(new Prompt(
                        "Films of Tom Hanks",
                        GptOssChatOptions.builder()
                                .outputSchema(converter.getJsonSchema())
                                .build()))
                .getResult()
                .getOutput()
                .getText();

        assertThat(converter.convert(text)).isEqualTo(EXPECTED);
        assertThat(engine.lastRequest().responseFormat()).isNotNull();
    }

    @Test
    void nativeEntityOfThePlainClient() {
        engine.reply(Reply.text(FILMS)).reply(Reply.text(FILMS));

        Films byAdvisor = ChatClient.builder(model)
                .defaultAdvisors(AdvisorParams.ENABLE_NATIVE_STRUCTURED_OUTPUT)
                .build()
                .prompt("Films")
                .call()
                .entity(Films.class);
        Films byCall = ChatClient.create(model)
                .prompt("Films")
                .call()
                .entity(Films.class, ChatClient.EntityParamSpec::useProviderStructuredOutput);

        assertThat(List.of(byAdvisor, byCall)).containsOnly(EXPECTED);
        assertThat(engine.requests())
                .allSatisfy(request -> assertThat(request.responseFormat()).isNotNull());
    }

    @Test
    void entityWithoutSchemaOfThePlainClient() {
        engine.reply(Reply.text(FILMS));

        assertThat(ChatClient.create(model).prompt("Films").call().entity(Films.class))
                .isEqualTo(EXPECTED);
        assertThat(engine.lastRequest().responseFormat()).isNull();
    }

    private <T> T converted(StructuredOutputConverter<T> converter) {
        return converter.convert(Objects.requireNonNull(
                model.call(prompt(converter)).getResult().getOutput().getText()));
    }

    private static Prompt prompt(StructuredOutputConverter<?> converter) {
        return new Prompt(new PromptTemplate("Go.\n{format}").createMessage(Map.of("format", converter.getFormat())));
    }

    record Films(String actor, List<String> movies) {}
}
