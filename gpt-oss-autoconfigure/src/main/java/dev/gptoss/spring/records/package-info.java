/** Records as answers: their schema, their reading, and clients that use both. */
@NullMarked
package dev.gptoss.spring.records;

import org.jspecify.annotations.NullMarked;
