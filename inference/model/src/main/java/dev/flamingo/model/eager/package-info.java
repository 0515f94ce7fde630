/**
 * The model's operations on arrays in memory, through DJL; with the PyTorch engine they are
 * differentiable.
 */
@NullMarked
package dev.flamingo.model.eager;

import org.jspecify.annotations.NullMarked;
