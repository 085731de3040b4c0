package dev.gptoss.spring.records;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.converter.StructuredOutputConverter;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Chat clients whose {@code entity(..)} gives the model our schema of the type and has the answer made to fit it. They
 * delegate everything else, methods of later framework versions included.
 */
public final class RecordChatClients {

    private static final Set<Class<?>> WRAPPED = Set.of(
            ChatClient.Builder.class,
            ChatClient.class,
            ChatClient.ChatClientRequestSpec.class,
            ChatClient.CallResponseSpec.class);

    private RecordChatClients() {}

    /** A builder of such clients, for a model whose options take a schema. */
    public static ChatClient.Builder builder(ChatClient.Builder framework) {
        return (ChatClient.Builder) wrap(ChatClient.Builder.class, framework);
    }

    private static Object wrap(Class<?> type, Object delegate) {
        return Proxy.newProxyInstance(
                RecordChatClients.class.getClassLoader(), new Class<?>[] {type}, new Delegating(delegate));
    }

    /** Entities by class or type reference, in their forms with and without settings. */
    private static @Nullable Object entity(
            ChatClient.CallResponseSpec delegate,
            String method,
            StructuredOutputConverter<?> converter,
            Settings more) {
        Consumer<ChatClient.EntityParamSpec> settings = spec -> {
            spec.useProviderStructuredOutput();
            more.accept(spec);
        };
        return method.equals("entity")
                ? delegate.entity(converter, settings)
                : delegate.responseEntity(converter, settings);
    }

    private interface Settings extends Consumer<ChatClient.EntityParamSpec> {}

    private record Delegating(Object delegate) implements InvocationHandler {

        @Override
        @SuppressWarnings("unchecked")
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (delegate instanceof ChatClient.CallResponseSpec call && arguments != null && isEntity(method)) {
                StructuredOutputConverter<?> converter = converter(arguments[0]);
                Settings settings = arguments.length < 2
                        ? spec -> {}
                        : ((Consumer<ChatClient.EntityParamSpec>) arguments[1])::accept;
                return entity(call, method.getName(), converter, settings);
            }
            Object result;
            try {
                result = method.invoke(delegate, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (result == delegate) {
                return proxy;
            }
            Class<?> type = method.getReturnType();
            return result != null && WRAPPED.contains(type) ? wrap(type, result) : result;
        }

        private static boolean isEntity(Method method) {
            return method.getName().equals("entity") || method.getName().equals("responseEntity");
        }

        private static StructuredOutputConverter<?> converter(Object target) {
            return switch (target) {
                case Class<?> type -> new RecordOutputConverter<>(type);
                case ParameterizedTypeReference<?> type -> new RecordOutputConverter<>(type);
                case StructuredOutputConverter<?> own -> own;
                default -> throw new IllegalArgumentException("No entity of " + target);
            };
        }
    }
}
