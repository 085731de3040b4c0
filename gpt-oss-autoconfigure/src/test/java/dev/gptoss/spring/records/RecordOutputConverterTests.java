package dev.gptoss.spring.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordOutputConverterTests {

    @Test
    void propertiesFollowTheOrderOfTheRecord() {
        JsonNode schema = schema(Verdict.class);

        assertThat(schema.at("/properties").propertyNames()).containsExactly("zeal", "reasons", "answer");
        assertThat(schema.at("/required").toString()).isEqualTo("[\"zeal\",\"reasons\",\"answer\"]");
        assertThat(schema.at("/additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema.at("/title").asString()).isEqualTo("Verdict");
    }

    @Test
    void mapsKeepTheTypeOfTheirValues() {
        JsonNode schema = schema(Everything.class);

        assertThat(schema.at("/properties/stock/additionalProperties/type").asString())
                .isEqualTo("integer");
    }

    @Test
    void optionalAndNullableOnesMayBeAbsentOrNull() {
        JsonNode schema = schema(Everything.class);

        assertThat(schema.at("/required").toString()).doesNotContain("nickname").doesNotContain("note");
        assertThat(schema.at("/properties/nickname/type").toString()).contains("string", "null");
    }

    @Test
    void renamedPropertiesStayRequired() {
        JsonNode schema = schema(Everything.class);

        assertThat(schema.at("/properties").has("full_name")).isTrue();
        assertThat(schema.at("/required").toString()).contains("full_name");
    }

    @Test
    void datesEnumsAndDescriptionsAreTold() {
        JsonNode schema = schema(Everything.class);

        assertThat(schema.at("/properties/day/format").asString()).isEqualTo("date");
        assertThat(schema.at("/properties/color/enum").toString()).isEqualTo("[\"RED\",\"GREEN\"]");
        assertThat(schema.at("/properties/day/description").asString()).isEqualTo("Day of the visit");
        assertThat(schema.at("/properties/color/description").asString()).isEqualTo("Color of the door");
    }

    @Test
    void validationAnnotationsBecomeBounds() {
        JsonNode schema = schema(Bounded.class);

        assertThat(schema.at("/properties/age/minimum").asInt()).isEqualTo(18);
        assertThat(schema.at("/properties/age/maximum").asInt()).isEqualTo(120);
        assertThat(schema.at("/properties/name/maxLength").asInt()).isEqualTo(40);
        assertThat(schema.at("/properties/tags/minItems").asInt()).isEqualTo(1);
        assertThat(schema.at("/properties/zip/pattern").asString()).isEqualTo("[0-9]{5}");
    }

    @Test
    void sealedTypesAreAChoiceAndReadBack() {
        RecordOutputConverter<Drawing> converter = new RecordOutputConverter<>(Drawing.class);
        String schema = converter.getJsonSchema();

        assertThat(schema).contains("\"const\":\"Circle\"").contains("\"const\":\"Square\"");
        Drawing drawing = converter.convert(
                "{\"shapes\":[{\"type\":\"Circle\",\"radius\":2.5},{\"type\":\"Square\",\"side\":3}]}");
        assertThat(drawing.shapes()).containsExactly(new Circle(2.5), new Square(3));
    }

    @Test
    void everythingReadsBack() {
        Everything read = new RecordOutputConverter<>(Everything.class).convert("""
                        {"full_name":"Ada","day":"2026-03-04","color":"GREEN","stock":{"a":1},
                         "inner":{"zeal":1,"reasons":["x"],"answer":"y"}}""");

        assertThat(read)
                .isEqualTo(new Everything(
                        "Ada",
                        LocalDate.of(2026, 3, 4),
                        Color.GREEN,
                        Map.of("a", 1),
                        new Verdict(1, List.of("x"), "y"),
                        Optional.empty(),
                        null));
    }

    @Test
    void listsMapsAndTextsAtTheTopLevelWork() {
        assertThat(new RecordOutputConverter<>(new ParameterizedTypeReference<List<Circle>>() {})
                        .convert("[{\"type\":\"Circle\",\"radius\":1}]"))
                .containsExactly(new Circle(1));
        assertThat(new RecordOutputConverter<>(new ParameterizedTypeReference<Map<String, Integer>>() {})
                        .convert("{\"a\":1}"))
                .isEqualTo(Map.of("a", 1));
        assertThat(new RecordOutputConverter<>(Color.class).convert("\"RED\"")).isEqualTo(Color.RED);
    }

    @Test
    void recursiveTypesHaveAFiniteSchema() {
        assertThat(schema(Tree.class).at("/properties/children/items/$ref").asString())
                .startsWith("#");
    }

    @Test
    void badAnswerIsKeptInTheError() {
        RecordConversionException error = catchThrowableOfType(
                RecordConversionException.class,
                () -> new RecordOutputConverter<>(Verdict.class).convert("I would rather not."));

        assertThat(error.answer()).isEqualTo("I would rather not.");
    }

    private static JsonNode schema(Class<?> type) {
        return JsonMapper.shared().readTree(new RecordOutputConverter<>(type).getJsonSchema());
    }

    record Verdict(int zeal, List<String> reasons, String answer) {}

    enum Color {
        RED,
        GREEN
    }

    record Everything(
            @JsonProperty("full_name") String name,
            @JsonPropertyDescription("Day of the visit") LocalDate day,
            @ToolParam(description = "Color of the door") Color color,
            Map<String, Integer> stock,
            Verdict inner,
            Optional<String> nickname,
            @org.jspecify.annotations.Nullable String note) {}

    record Bounded(
            @Min(18) @Max(120) int age,
            @Size(max = 40) String name,
            @Size(min = 1) List<String> tags,
            @Pattern(regexp = "[0-9]{5}") String zip) {}

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    record Drawing(List<Shape> shapes) {}

    record Tree(String name, List<Tree> children) {}
}
