/** The conversation over server-sent events: reasoning, text, tool calls and their results as they happen. */
@NullMarked
package dev.gptoss.samples.assistant.chat;

import org.jspecify.annotations.NullMarked;
