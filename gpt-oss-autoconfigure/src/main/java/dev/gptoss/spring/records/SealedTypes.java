package dev.gptoss.spring.records;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Sealed types without annotations of their own: a property {@value #DISCRIMINATOR} first, with the simple name of the
 * permitted class.
 */
final class SealedTypes extends NopAnnotationIntrospector {

    static final String DISCRIMINATOR = "type";

    private static final long serialVersionUID = 1;

    /** Whether a type is one of those. */
    static boolean isPlainSealed(Class<?> type) {
        return type.isSealed() && !type.isAnnotationPresent(JsonTypeInfo.class);
    }

    /** The classes a sealed type stands for, its sealed parts resolved. */
    static List<Class<?>> permitted(Class<?> sealed) {
        return Stream.of(sealed.getPermittedSubclasses())
                .<Class<?>>flatMap(
                        type -> type.isSealed() && type.isInterface() ? permitted(type).stream() : Stream.of(type))
                .toList();
    }

    /** Whether a class needs the discriminator. */
    static boolean isPermittedPlainly(Class<?> type) {
        Stream<Class<?>> parents =
                Stream.concat(Stream.of(type.getInterfaces()), Stream.ofNullable(type.getSuperclass()));
        return parents.anyMatch(
                parent -> isPlainSealed(parent) && permitted(parent).contains(type) || isPermittedPlainly(parent));
    }

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        return annotated instanceof AnnotatedClass && isPlainSealed(annotated.getRawType())
                ? JsonTypeInfo.Value.construct(
                        JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, DISCRIMINATOR, null, false, null)
                : null;
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
        return isPlainSealed(annotated.getRawType())
                ? permitted(annotated.getRawType()).stream()
                        .map(type -> new NamedType(type, type.getSimpleName()))
                        .toList()
                : null;
    }
}
