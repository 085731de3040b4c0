/** Models by name: where their files are, loading them in the background, keeping them open. It knows no chat. */
@NullMarked
package dev.gptoss.spring.model;

import org.jspecify.annotations.NullMarked;
