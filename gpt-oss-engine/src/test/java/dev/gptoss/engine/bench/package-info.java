/** Benchmarks, run by hand as {@code docs/performance.md} says; those of kernels stand beside them. Never asserted in a test. */
@NullMarked
package dev.gptoss.engine.bench;

import org.jspecify.annotations.NullMarked;
