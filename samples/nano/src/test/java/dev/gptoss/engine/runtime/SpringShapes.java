package dev.gptoss.engine.runtime;

import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.Sampling;
import dev.gptoss.engine.ToolChoice;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.engine.harmony.ResponseFormat;
import dev.gptoss.engine.harmony.ToolDefinition;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.ai.tool.support.ToolDefinitions;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Records and tools as applications have them, with the schemas that Spring AI makes of them, and requests for them. */
final class SpringShapes {

    private static final JsonMapper JSON = new JsonMapper();

    enum Unit {
        CELSIUS,
        FAHRENHEIT
    }

    enum Status {
        NEW,
        IN_PROGRESS,
        IN_REVIEW,
        DONE
    }

    record Person(String name, int age) {}

    record Weather(String city, double temperature, Unit unit) {}

    record Item(String product, int quantity) {}

    record Order(String customer, List<Item> items, boolean isPaid) {}

    record Recipe(String name, List<String> ingredients, int minutes) {}

    record Trip(String title, LocalDate start, List<Person> travellers, Optional<String> note) {}

    record Meeting(String title, OffsetDateTime at, Duration length, List<String> guests) {}

    record Sensor(String id, Map<String, Integer> readings, float accuracy) {}

    record Ticket(
            UUID id, Status status, long priority, @Nullable String assignee) {}

    record Tree(String label, List<Tree> children) {}

    /** What an application lets a model call. */
    @SuppressWarnings("unused")
    static final class Tools {

        @Tool(description = "Gets the weather of a city.")
        String getWeather(String city, Unit unit) {
            return city;
        }

        @Tool(name = "find_flights", description = "Flight search for a date")
        String findFlights(
                @ToolParam(description = "airport") String from,
                @ToolParam(description = "airport") String to,
                LocalDate day,
                @ToolParam(required = false) Integer passengers) {
            return from;
        }

        @Tool(description = "Places an order.")
        String placeOrder(Order order, boolean isExpress) {
            return order.customer();
        }

        @Tool(name = "add-numbers", description = "Adds numbers.")
        double add(List<Double> numbers) {
            return numbers.size();
        }

        @Tool(description = "Current time")
        String now() {
            return "";
        }

        @Tool(description = "Changes the status of a ticket.")
        String setStatus(UUID ticket, Status status, @ToolParam(required = false) String comment) {
            return comment;
        }
    }

    /** Schemas of answers. */
    static final List<String> RECORDS = Stream.concat(
                    Stream.<Class<?>>of(
                                    Person.class,
                                    Weather.class,
                                    Order.class,
                                    Recipe.class,
                                    Trip.class,
                                    Meeting.class,
                                    Sensor.class,
                                    Ticket.class,
                                    Tree.class,
                                    Status.class)
                            .map(type -> new BeanOutputConverter<>(type).getJsonSchema()),
                    Stream.of(
                            new BeanOutputConverter<>(new ParameterizedTypeReference<List<Person>>() {})
                                    .getJsonSchema(),
                            new BeanOutputConverter<>(new ParameterizedTypeReference<Map<String, Weather>>() {})
                                    .getJsonSchema()))
            .map(schema -> JSON.readTree(schema).toString())
            .toList();

    static final List<ToolDefinition> TOOLS = Arrays.stream(Tools.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Tool.class))
            .sorted(Comparator.comparing(Method::getName))
            .map(ToolDefinitions::from)
            .map(tool -> new ToolDefinition(tool.name(), tool.description(), JSON.readTree(tool.inputSchema())))
            .toList();

    private static final List<String> PROMPTS = List.of(
            "Fill it in: Uma Lewis, 34, wants 12 printers and 3 desks.",
            "What is the weather in Oslo?",
            "Find a flight from FCO to FRA on 2025-03-07.",
            "Add 12 and 30.",
            "Extract the recipe: nuts, oranges and salt, 12 minutes, vegetable curry.",
            "Hello!",
            "Plan a trip to Rome for Ann and Ben in May.",
            "Set the ticket to done.");

    private SpringShapes() {}

    /** A request of random shape: a record, tools, or both, with every tool choice. */
    static GenerationRequest request(Random random, float temperature) {
        String prompt = PROMPTS.get(random.nextInt(PROMPTS.size()));
        GenerationRequest.Builder request = GenerationRequest.builder(
                        new Prompt.Chat(Conversation.of(Message.user(prompt))))
                .maxTokens(150 + random.nextInt(150))
                .reasoningEffort(ReasoningEffort.values()[random.nextInt(3)])
                .reasoningBudget(random.nextBoolean() ? null : random.nextInt(50))
                .sampling(Sampling.DEFAULT.withTemperature(temperature).withSeed(random.nextLong()));
        int kind = random.nextInt(3);
        if (kind != 1) {
            String schema = RECORDS.get(random.nextInt(RECORDS.size()));
            request.responseFormat(new ResponseFormat("output", null, schema));
        }
        if (kind != 0) {
            List<ToolDefinition> tools = someTools(random);
            request.tools(tools)
                    .toolChoice(
                            switch (random.nextInt(4)) {
                                case 0 -> ToolChoice.NONE;
                                case 1 -> ToolChoice.REQUIRED;
                                case 2 -> ToolChoice.of(tools.getFirst().name());
                                default -> ToolChoice.AUTO;
                            });
        }
        return request.build();
    }

    private static List<ToolDefinition> someTools(Random random) {
        List<ToolDefinition> tools = new ArrayList<>(TOOLS);
        while (tools.size() > 1 && random.nextBoolean()) {
            tools.remove(random.nextInt(tools.size()));
        }
        return tools;
    }
}
