package dev.flamingo.training.objective;

import ai.djl.ndarray.NDArray;
import dev.flamingo.model.eager.Scalar;

/** Cross-entropies, each averaged over its examples. */
final class CrossEntropy {

  private static final double LEAST = -20;

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
    return likelihood.mul(weights).sum().neg().div(weights.sum().maximum(Scalar.of(weights, 1e-6)));
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
    NDArray right = logLikelihood.mul(eye).sum().div(Scalar.of(logits, (double) size));
    // What is hidden as a duplicate has no likelihood to smooth over.
    NDArray all = logLikelihood.maximum(Scalar.of(logits, LEAST)).mean();
    return right
        .mul(Scalar.of(logits, 1 - smoothing))
        .add(all.mul(Scalar.of(logits, smoothing)))
        .neg();
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
    NDArray softplus =
        logits
            .maximum(Scalar.of(logits, 0))
            .add(logits.abs().neg().exp().add(Scalar.of(logits, 1)).log());
    NDArray yes = softplus.sub(logits).mul(targets).mul(Scalar.of(logits, positive));
    NDArray no = softplus.mul(targets.neg().add(Scalar.of(logits, 1)));
    return yes.add(no).mean();
  }
}
