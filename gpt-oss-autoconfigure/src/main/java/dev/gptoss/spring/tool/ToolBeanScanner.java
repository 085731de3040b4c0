package dev.gptoss.spring.tool;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.support.ToolUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/** Finds tool methods by the types of beans; no bean is made for it. */
final class ToolBeanScanner {

    private final ConfigurableListableBeanFactory beans;

    ToolBeanScanner(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** All tools, bean by bean in the order of their definitions, within a bean by name. */
    List<BeanToolCallback> scan() {
        return Stream.of(beans.getBeanNamesForType(Object.class, true, false))
                .filter(bean -> !ScopedProxyUtils.isScopedTarget(bean))
                .flatMap(this::toolsOf)
                .toList();
    }

    private Stream<BeanToolCallback> toolsOf(String bean) {
        Class<?> type = typeOf(bean);
        if (type == null
                || !AnnotationUtils.isCandidateClass(type, Tool.class)
                || AnnotatedElementUtils.hasAnnotation(type, ExcludeFromDiscovery.class)) {
            return Stream.empty();
        }
        List<Method> methods = MethodIntrospector.selectMethods(type, (Method method) -> isTool(method)).stream()
                .sorted(Comparator.comparing(ToolUtils::getToolName))
                .toList();
        if (methods.isEmpty() || beans.findAnnotationOnBean(bean, ExcludeFromDiscovery.class, false) != null) {
            return Stream.empty();
        }
        return methods.stream().map(method -> new BeanToolCallback(beans, bean, method));
    }

    private @Nullable Class<?> typeOf(String bean) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, bean);
        return type != null && ScopedObject.class.isAssignableFrom(type)
                ? AutoProxyUtils.determineTargetClass(beans, ScopedProxyUtils.getTargetBeanName(bean))
                : type;
    }

    private static boolean isTool(Method method) {
        Class<?> result = method.getReturnType();
        boolean isFunctional = Function.class.isAssignableFrom(result)
                || Supplier.class.isAssignableFrom(result)
                || Consumer.class.isAssignableFrom(result);
        return AnnotatedElementUtils.hasAnnotation(method, Tool.class)
                && !isFunctional
                && !AnnotatedElementUtils.hasAnnotation(method, ExcludeFromDiscovery.class);
    }
}
