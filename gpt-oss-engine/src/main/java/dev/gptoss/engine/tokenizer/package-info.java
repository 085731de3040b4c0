/**
 * The o200k_harmony tokenizer: text to token ids and back. Ordinary text never yields a special id, and streamed text
 * never ends inside a code point; no message format is known here.
 */
@NullMarked
package dev.gptoss.engine.tokenizer;

import org.jspecify.annotations.NullMarked;
