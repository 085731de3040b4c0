package dev.gptoss.spring.records;

import java.lang.reflect.Type;
import org.springframework.ai.converter.StructuredOutputConverter;
import org.springframework.ai.util.JacksonUtils;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks for JSON and reads it as a record, or any other type that Jackson knows. The schema follows the record: order of
 * components, nested and sealed types, maps, {@code Optional}, enums, lists, dates, and bounds from validation
 * annotations.
 *
 * @param <T> what is asked for
 */
public final class RecordOutputConverter<T> implements StructuredOutputConverter<T> {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModules(JacksonUtils.instantiateAvailableModules())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new SealedTypes()))
            .build();

    private final Type type;
    private final String schema;

    public RecordOutputConverter(Class<T> type) {
        this((Type) type);
    }

    public RecordOutputConverter(ParameterizedTypeReference<T> type) {
        this(type.getType());
    }

    private RecordOutputConverter(Type type) {
        this.type = type;
        this.schema = RecordSchemas.of(type);
    }

    /**
     * Reads an answer.
     *
     * @throws RecordConversionException if it is no JSON of this type; it keeps the answer
     */
    @Override
    public T convert(String answer) {
        try {
            return JSON.readValue(answer, JSON.constructType(type));
        } catch (JacksonException e) {
            throw new RecordConversionException(type.getTypeName(), answer, e);
        }
    }

    /** Words for models that are not made to fit the schema. */
    @Override
    public String getFormat() {
        return "Answer with JSON alone, without any other text or code fence. It must fit this JSON Schema:\n" + schema;
    }

    @Override
    public String getJsonSchema() {
        return schema;
    }
}
