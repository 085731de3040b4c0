package dev.gptoss.spring.tool;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;
import org.springframework.ai.tool.method.MethodToolCallback;
import org.springframework.ai.tool.support.ToolDefinitions;
import org.springframework.ai.tool.support.ToolUtils;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;

/** A tool method of a bean that is fetched when the tool is called, so that its scope and laziness hold. */
final class BeanToolCallback implements ToolCallback {

    private final BeanFactory beans;
    private final String bean;
    private final Method method;
    private final ToolDefinition definition;
    private final ToolMetadata metadata;

    BeanToolCallback(BeanFactory beans, String bean, Method method) {
        this.beans = beans;
        this.bean = bean;
        this.method = method;
        this.definition = ToolDefinitions.from(method);
        this.metadata = ToolMetadata.from(method);
    }

    @Override
    public ToolDefinition getToolDefinition() {
        return definition;
    }

    @Override
    public ToolMetadata getToolMetadata() {
        return metadata;
    }

    @Override
    public String call(String input) {
        return call(input, null);
    }

    @Override
    public String call(String input, @Nullable ToolContext context) {
        Object target = beans.getBean(bean);
        Method invocable = throughProxy(target);
        if (invocable == null) {
            Object unwrapped = AopProxyUtils.getSingletonTarget(target);
            target = unwrapped == null ? target : unwrapped;
            invocable = method;
        }
        // A public subclass of a hidden class looks accessible to the framework and is not.
        ReflectionUtils.makeAccessible(invocable);
        return MethodToolCallback.builder()
                .toolDefinition(definition)
                .toolMetadata(metadata)
                .toolMethod(invocable)
                .toolObject(target)
                .toolCallResultConverter(ToolUtils.getToolCallResultConverter(method))
                .build()
                .call(input, context);
    }

    /** Bean and method, as a person would name them. */
    String origin() {
        return "bean '" + bean + "' (" + method.getDeclaringClass().getSimpleName() + "." + method.getName() + ")";
    }

    @Override
    public String toString() {
        return "tool " + definition.name() + " of " + origin();
    }

    /**
     * The method as the bean's proxy has it, so that what the proxy adds is kept; null if its interface lacks the
     * method or names its parameters differently.
     */
    private @Nullable Method throughProxy(Object target) {
        if (Modifier.isPrivate(method.getModifiers())) {
            return AopUtils.isAopProxy(target) ? null : method;
        }
        try {
            Method invocable = AopUtils.selectInvocableMethod(method, target.getClass());
            return parameterNames(invocable).equals(parameterNames(method)) ? invocable : null;
        } catch (IllegalStateException e) {
            return null;
        }
    }

    private static List<String> parameterNames(Method method) {
        return Arrays.stream(method.getParameters()).map(Parameter::getName).toList();
    }
}
