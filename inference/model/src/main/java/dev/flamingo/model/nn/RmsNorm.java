package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/** Normalisation by the root mean square (arXiv 1910.07467). */
final class RmsNorm {

  private static final double EPSILON = 1e-5;

  private final Tensor weight;

  RmsNorm(Parameters parameters, long width) {
    weight = parameters.get("weight", Init.ONES, width);
  }

  Tensor apply(Tensor x) {
    Tensor rootMeanSquare = x.mul(x).mean(-1).add(EPSILON).sqrt();
    return x.div(rootMeanSquare).mul(weight);
  }
}
