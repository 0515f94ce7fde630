/**
 * Training on one's own corpora: a recipe in a file names the model, the stages and what each
 * learns from.
 */
@NullMarked
package dev.flamingo.training.recipe;

import org.jspecify.annotations.NullMarked;
