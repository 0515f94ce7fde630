package dev.flamingo.training.optimize;

import ai.djl.ndarray.NDArray;

/** What training makes small: one corpus with its loss. */
@FunctionalInterface
public interface Objective {

  /**
   * Returns the loss of a batch, a scalar that depends on the trained parameters.
   *
   * @param step decides the batch, counted from 0: the same step has the same batch in every run
   */
  NDArray loss(int step);
}
