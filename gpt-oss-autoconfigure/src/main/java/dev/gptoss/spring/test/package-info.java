/** An engine that says what a test tells it to: tools, records and flows are tested without a model, in milliseconds. */
@NullMarked
package dev.gptoss.spring.test;

import org.jspecify.annotations.NullMarked;
