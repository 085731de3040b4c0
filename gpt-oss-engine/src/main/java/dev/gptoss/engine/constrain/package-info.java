/** What a sequence may say next: constraints over tokens, consulted by sampling and fed every chosen token. */
@NullMarked
package dev.gptoss.engine.constrain;

import org.jspecify.annotations.NullMarked;
