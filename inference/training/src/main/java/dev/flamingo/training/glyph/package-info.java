/**
 * A world without names: procedurally drawn things, called by nonsense words that mean something
 * else in every sequence. What a model says of them it can only have learnt in context.
 */
@NullMarked
package dev.flamingo.training.glyph;

import org.jspecify.annotations.NullMarked;
