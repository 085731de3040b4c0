/** A very small trained model of the gpt-oss architecture, unpacked on first use. It is a demonstration, not a product. */
@NullMarked
package dev.gptoss.samples.nano;

import org.jspecify.annotations.NullMarked;
