package dev.gptoss.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** There is a default model, unless there are only models with names. Without either, the missing key is an error. */
final class DefaultModelCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        ConditionMessage.Builder message = ConditionMessage.forCondition("gpt-oss default model");
        boolean isNamed = StringUtils.hasText(environment.getProperty(GptOssProperties.PREFIX + ".model"));
        return isNamed || NamedModels.names(environment).isEmpty()
                ? ConditionOutcome.match(message.because("no other model takes its place"))
                : ConditionOutcome.noMatch(message.because("only models with names are configured"));
    }
}
