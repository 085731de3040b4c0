/**
 * Harmony, the message format of gpt-oss: typed conversations, their rendering to token ids and the parsing of what the
 * model says. One description of the grammar serves both; nothing is known here of how tokens are chosen.
 */
@NullMarked
package dev.gptoss.engine.harmony;

import org.jspecify.annotations.NullMarked;
