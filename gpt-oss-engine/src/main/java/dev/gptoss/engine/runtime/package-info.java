/**
 * Answers requests: admits them, plans steps over their sequences, hands out KV pages, turns drawn tokens into events.
 * One engine thread per model runs all of it; callers only ever touch a queue and a mailbox.
 */
@NullMarked
package dev.gptoss.engine.runtime;

import org.jspecify.annotations.NullMarked;
