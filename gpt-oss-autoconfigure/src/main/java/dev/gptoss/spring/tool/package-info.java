/**
 * Beans with {@code @Tool} methods become tools of the model. It stands beside the framework and touches none of its
 * parts, so that it can go should the framework learn to do this itself.
 */
@NullMarked
package dev.gptoss.spring.tool;

import org.jspecify.annotations.NullMarked;
