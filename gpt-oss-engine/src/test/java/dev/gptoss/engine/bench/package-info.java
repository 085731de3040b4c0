/** Benchmarks, run by hand: {@code org.openjdk.jmh.Main} on the test class path. Never asserted in a test. */
@NullMarked
package dev.gptoss.engine.bench;

import org.jspecify.annotations.NullMarked;
