/** Auto-configuration of models, chat and tools from {@code gpt-oss.*}. Every bean backs off from the application's. */
@NullMarked
package dev.gptoss.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
