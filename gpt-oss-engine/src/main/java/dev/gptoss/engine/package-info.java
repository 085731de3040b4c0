/**
 * The public API: open a model, submit a request, follow its events, close. Everything below this package may change
 * without notice.
 */
@NullMarked
package dev.gptoss.engine;

import org.jspecify.annotations.NullMarked;
