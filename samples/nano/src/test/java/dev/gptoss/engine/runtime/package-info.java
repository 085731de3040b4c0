/** Tests of the engine's inside that need a trained model. */
@NullMarked
package dev.gptoss.engine.runtime;

import org.jspecify.annotations.NullMarked;
