package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Tensor;

/** The non-linearity between two layers. */
public enum Activation {
  /** relu(x)^2: what the paper's trained layers use (appendix B.1.1). */
  SQUARED_RELU {
    @Override
    public Tensor apply(Tensor x) {
      Tensor positive = x.relu();
      return positive.mul(positive);
    }
  },

  /** The positive part. */
  RELU {
    @Override
    public Tensor apply(Tensor x) {
      return x.relu();
    }
  },

  /** The exact Gaussian error linear unit: OpenFlamingo, OpenCLIP and timm's NFNets. */
  GELU {
    @Override
    public Tensor apply(Tensor x) {
      return x.gelu();
    }
  },

  /** Its approximation by a hyperbolic tangent: what DeepMind's own NFNets compute. */
  TANH_GELU {
    @Override
    public Tensor apply(Tensor x) {
      Tensor cubic = x.mul(x).mul(x).mul(0.044715).add(x);
      return cubic.mul(Math.sqrt(2 / Math.PI)).tanh().add(1).mul(x).mul(0.5);
    }
  },

  /** Its approximation by a logistic function: OpenAI's CLIP. */
  QUICK_GELU {
    @Override
    public Tensor apply(Tensor x) {
      return x.mul(x.mul(1.702).sigmoid());
    }
  },

  /** x times its logistic function. */
  SILU {
    @Override
    public Tensor apply(Tensor x) {
      return x.mul(x.sigmoid());
    }
  };

  /** Returns the activation of every element. */
  public abstract Tensor apply(Tensor x);
}
