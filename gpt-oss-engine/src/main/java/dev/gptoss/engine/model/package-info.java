/**
 * The architecture as one readable forward pass in plain scalar Java, which every fast path is tested against. It knows
 * shapes and formulas; speed, threads and devices are unknown here.
 */
@NullMarked
package dev.gptoss.engine.model;

import org.jspecify.annotations.NullMarked;
