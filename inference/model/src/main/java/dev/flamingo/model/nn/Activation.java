package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Tensor;

/** The non-linearity of a feed-forward layer. */
public enum Activation {
  /** relu(x)^2: what the paper's trained layers use (appendix B.1.1). */
  SQUARED_RELU {
    @Override
    public Tensor apply(Tensor x) {
      Tensor positive = x.relu();
      return positive.mul(positive);
    }
  },
  /** The exact Gaussian error linear unit. */
  GELU {
    @Override
    public Tensor apply(Tensor x) {
      return x.gelu();
    }
  };

  /** Returns the activation of every element. */
  public abstract Tensor apply(Tensor x);
}
