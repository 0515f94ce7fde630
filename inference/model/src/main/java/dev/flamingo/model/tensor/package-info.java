/** The small set of tensor operations that the model is written against, once for every backend. */
@NullMarked
package dev.flamingo.model.tensor;

import org.jspecify.annotations.NullMarked;
