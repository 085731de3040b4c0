/** A Spring Boot application with a chat page, tools and records, on a model inside its own process. */
@NullMarked
package dev.gptoss.samples.assistant;

import org.jspecify.annotations.NullMarked;
