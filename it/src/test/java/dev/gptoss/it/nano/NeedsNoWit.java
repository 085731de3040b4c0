package dev.gptoss.it.nano;

import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves out what asks for three cities at once and reads three temperatures out of one answer. */
final class NeedsNoWit implements ExecutionCondition {

    private static final Set<String> NEEDS_WIT = Set.of(
            "callDefaultAdvisorConfiguration",
            "callDefaultAdvisorConfigurationWithExternalMemory",
            "callMultipleToolInvocations",
            "callMultipleToolInvocationsWithExternalMemory",
            "streamDefaultAdvisorConfiguration",
            "streamDefaultAdvisorConfigurationWithExternalMemory",
            "streamMultipleToolInvocations",
            "streamMultipleToolInvocationsWithExternalMemory",
            "autoRegisteredAdvisorExecutesTools",
            "autoRegisteredAdvisorWithDownstreamMemory",
            "callPathManualLoopProducesCorrectAnswer",
            "callPathManualLoopTraversesChainOncePerIteration",
            "defaultAdvisorsWithAutoRegistration",
            "defaultAdvisorsWithMemoryAndAutoRegistration",
            "streamPathManualLoopProducesCorrectAnswer");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean needsWit = context.getTestMethod()
                .map(method -> NEEDS_WIT.contains(method.getName()))
                .orElse(false);
        return needsWit
                ? ConditionEvaluationResult.disabled("the small model was not trained for it")
                : ConditionEvaluationResult.enabled("structure alone");
    }
}
