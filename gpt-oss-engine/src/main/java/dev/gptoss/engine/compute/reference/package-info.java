/** The reference forward pass behind the step contract. The measure of the other backends, and slow. */
@NullMarked
package dev.gptoss.engine.compute.reference;

import org.jspecify.annotations.NullMarked;
