package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/** Layer normalisation with gain and bias. */
final class LayerNorm {

  private static final double EPSILON = 1e-5;

  private final Tensor weight;
  private final Tensor bias;

  LayerNorm(Parameters parameters, long width) {
    weight = parameters.get("weight", Init.ONES, width);
    bias = parameters.get("bias", Init.ZEROS, width);
  }

  Tensor apply(Tensor x) {
    return x.layerNorm(weight, bias, EPSILON);
  }
}
