package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Tensor;

/**
 * How kernels are brought to mean 0 and variance 1 / N over their N weights, where a kernel's own
 * variance is near 0.
 */
public enum Standardization {
  /** {@code (w - mean) / sqrt(variance + epsilon) / sqrt(N)}: timm, epsilon 1e-5. */
  ADDED_EPSILON {
    @Override
    Tensor deviation(Tensor variance, double size, double epsilon) {
      return variance.add(epsilon).sqrt();
    }

    @Override
    double factor(double size) {
      return 1 / Math.sqrt(size);
    }
  },

  /** {@code (w - mean) / sqrt(max(N * variance, epsilon))}: DeepMind, epsilon 1e-4. */
  LEAST_VARIANCE {
    @Override
    Tensor deviation(Tensor variance, double size, double epsilon) {
      return variance.mul(size).add(-epsilon).relu().add(epsilon).sqrt();
    }

    @Override
    double factor(double size) {
      return 1;
    }
  };

  /** Returns what centred kernels are divided by, given their variance {@code [out, 1]}. */
  abstract Tensor deviation(Tensor variance, double size, double epsilon);

  /** Returns what they are multiplied with after that. */
  abstract double factor(double size);
}
