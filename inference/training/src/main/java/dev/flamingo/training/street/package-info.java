/**
 * The street as a corpus: its questions, answers and captions, and the recipe that trains the model
 * that ships.
 */
@NullMarked
package dev.flamingo.training.street;

import org.jspecify.annotations.NullMarked;
