/** What the stages of training make small: contrastive, attributes, next token. */
@NullMarked
package dev.flamingo.training.objective;

import org.jspecify.annotations.NullMarked;
