package dev.gptoss.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/** What a native image cannot see: proxies of chat clients, the tokenizer's table and the vector kernels. */
final class GptOssRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.resources().registerPattern("dev/gptoss/engine/tokenizer/*");
        hints.resources().registerPattern("META-INF/services/dev.gptoss.engine.*");
        hints.reflection()
                .registerType(
                        TypeReference.of("dev.gptoss.engine.compute.cpu.VectorKernels"),
                        MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
        if (ClassUtils.isPresent("org.springframework.ai.chat.client.ChatClient", loader)) {
            hints.proxies()
                    .registerJdkProxy(ChatClient.Builder.class)
                    .registerJdkProxy(ChatClient.class)
                    .registerJdkProxy(ChatClient.ChatClientRequestSpec.class)
                    .registerJdkProxy(ChatClient.CallResponseSpec.class);
        }
    }
}
