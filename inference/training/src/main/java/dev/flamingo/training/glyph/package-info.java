/**
 * A world without names: procedurally drawn things, called by nonsense words that mean something
 * else in every sequence. A model can know their names only from the context.
 */
@NullMarked
package dev.flamingo.training.glyph;

import org.jspecify.annotations.NullMarked;
