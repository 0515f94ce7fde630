/**
 * Corpora to train from, in the forms in which the web has them: pages, pairs of a picture and a
 * text, and videos. What cannot be read is counted, reported and left out.
 */
@NullMarked
package dev.flamingo.training.corpus;

import org.jspecify.annotations.NullMarked;
