package dev.gptoss.spring.records;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Module;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeContext;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.github.victools.jsonschema.module.swagger2.Swagger2Module;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.core.Nullness;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas of records: properties in the order of the components, {@code Optional} and nullable ones may be left out
 * or null, maps keep the type of their values, sealed types become a choice with a discriminator, and validation
 * annotations become bounds.
 */
final class RecordSchemas {

    private static final SchemaGenerator GENERATOR = new SchemaGenerator(configuration());

    private RecordSchemas() {}

    /** Compact JSON. */
    static String of(Type type) {
        ObjectNode schema;
        synchronized (GENERATOR) { // not made for several threads
            schema = GENERATOR.generateSchema(type);
        }
        schema.remove("$schema");
        Class<?> raw = ResolvableType.forType(type).resolve(Object.class);
        if (raw.isRecord() || raw.isSealed()) {
            ObjectNode titled = schema.objectNode().put("title", raw.getSimpleName());
            titled.setAll(schema);
            schema = titled;
        }
        return schema.toString();
    }

    private static SchemaGeneratorConfig configuration() {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonSchemaModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE))
                .with(new Swagger2Module())
                .with(Option.EXTRA_OPEN_API_FORMAT_VALUES)
                .with(Option.PLAIN_DEFINITION_KEYS)
                .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
        if (ClassUtils.isPresent("jakarta.validation.constraints.Size", RecordSchemas.class.getClassLoader())) {
            builder.with(ValidationBounds.module());
        }
        builder.forFields()
                .withRequiredCheck(field -> !mayBeAbsent(field))
                .withNullableCheck(RecordSchemas::mayBeAbsent)
                .withDescriptionResolver(RecordSchemas::description);
        builder.forTypesInGeneral()
                .withPropertySorter((first, second) -> 0)
                .withSubtypeResolver(RecordSchemas::permitted)
                .withTypeAttributeOverride(RecordSchemas::addDiscriminator);
        return builder.build();
    }

    private static boolean mayBeAbsent(FieldScope field) {
        ToolParam parameter = field.getAnnotationConsideringFieldAndGetter(ToolParam.class);
        return parameter != null && !parameter.required()
                || Optional.class.isAssignableFrom(field.getType().getErasedType())
                || Nullness.forField(field.getRawMember()) == Nullness.NULLABLE;
    }

    private static @Nullable String description(FieldScope field) {
        ToolParam parameter = field.getAnnotationConsideringFieldAndGetter(ToolParam.class);
        return parameter == null || parameter.description().isBlank() ? null : parameter.description();
    }

    private static @Nullable List<ResolvedType> permitted(ResolvedType declared, SchemaGenerationContext context) {
        Class<?> type = declared.getErasedType();
        if (!SealedTypes.isPlainSealed(type)) {
            return null;
        }
        TypeContext types = context.getTypeContext();
        return SealedTypes.permitted(type).stream()
                .map(permitted -> types.resolveSubtype(declared, permitted))
                .toList();
    }

    private static void addDiscriminator(ObjectNode schema, TypeScope scope, SchemaGenerationContext context) {
        Class<?> type = scope.getType().getErasedType();
        if (!SealedTypes.isPermittedPlainly(type) || !(schema.get("properties") instanceof ObjectNode properties)) {
            return;
        }
        ObjectNode ordered = schema.objectNode();
        ordered.putObject(SealedTypes.DISCRIMINATOR).put("const", type.getSimpleName());
        ordered.setAll(properties);
        schema.set("properties", ordered);
        schema.withArray("required").insert(0, SealedTypes.DISCRIMINATOR);
    }

    /** Loaded only where Jakarta Validation is present. */
    private static final class ValidationBounds {

        private ValidationBounds() {}

        static Module module() {
            return new com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule(
                    com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption
                            .INCLUDE_PATTERN_EXPRESSIONS);
        }
    }
}
