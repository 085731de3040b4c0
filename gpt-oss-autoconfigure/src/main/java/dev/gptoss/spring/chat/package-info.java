/** The Spring AI chat model: options, prompts to conversations, events to responses. It knows no Spring Boot. */
@NullMarked
package dev.gptoss.spring.chat;

import org.jspecify.annotations.NullMarked;
