/** What Actuator shows of models: health, info and an endpoint. */
@NullMarked
package dev.gptoss.spring.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
