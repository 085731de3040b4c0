/** What keeps an application from starting, and what to do about it. */
@NullMarked
package dev.gptoss.spring.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
