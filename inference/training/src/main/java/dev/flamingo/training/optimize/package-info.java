/**
 * Gradient descent: AdamW, clipping, learning-rate schedules, checkpoints and the loop that runs a
 * stage.
 */
@NullMarked
package dev.flamingo.training.optimize;

import org.jspecify.annotations.NullMarked;
