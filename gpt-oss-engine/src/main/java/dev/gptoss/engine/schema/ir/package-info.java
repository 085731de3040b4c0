/**
 * The meaning of a schema: positions of a document are lowered to unions of one shape per JSON type, closed under
 * conjunction, and negated where a keyword allows it.
 */
@NullMarked
package dev.gptoss.engine.schema.ir;

import org.jspecify.annotations.NullMarked;
