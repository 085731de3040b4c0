/** The engine on the command line. Results go to stdout as UTF-8, everything else to stderr. */
@NullMarked
package dev.gptoss.samples.cli;

import org.jspecify.annotations.NullMarked;
