package dev.flamingo.training.objective;

import ai.djl.ndarray.NDArray;

/** Cross-entropies, each averaged over its examples. */
final class CrossEntropy {

  private CrossEntropy() {}

  /**
   * Returns the weighted mean of -log p(target).
   *
   * @param logits {@code [examples, classes]}
   * @param targets {@code [examples]}, int64
   * @param weights {@code [examples]}; 0 leaves an example out
   */
  static NDArray of(NDArray logits, NDArray targets, NDArray weights) {
    NDArray likelihood = logits.logSoftmax(1).gather(targets.reshape(-1, 1), 1).reshape(-1);
    return likelihood.mul(weights).sum().neg().div(weights.sum().add(1e-6f));
  }

  /**
   * Returns the mean over rows of the cross-entropy against the diagonal, smoothed over all other
   * columns.
   *
   * @param logits {@code [examples, examples]}; the right column of row i is i
   */
  static NDArray diagonal(NDArray logits, double smoothing) {
    long size = logits.getShape().get(0);
    NDArray logLikelihood = logits.logSoftmax(1);
    NDArray eye = logits.getManager().eye((int) size);
    NDArray right = logLikelihood.mul(eye).sum().div(size);
    // What is hidden as a duplicate has no likelihood to smooth over.
    NDArray all = logLikelihood.maximum(-20f).mean();
    return right.mul((float) (1 - smoothing)).add(all.mul((float) smoothing)).neg();
  }

  /**
   * Returns the mean of the binary cross-entropies.
   *
   * @param logits any shape
   * @param targets 0 or 1, the same shape
   * @param positive the weight of a 1 over that of a 0
   */
  static NDArray binary(NDArray logits, NDArray targets, double positive) {
    // softplus(x) = max(x, 0) + log(1 + exp(-|x|)), which does not overflow.
    NDArray softplus = logits.maximum(0f).add(logits.abs().neg().exp().add(1).log());
    NDArray yes = softplus.sub(logits).mul(targets).mul((float) positive);
    NDArray no = softplus.mul(targets.neg().add(1));
    return yes.add(no).mean();
  }
}
