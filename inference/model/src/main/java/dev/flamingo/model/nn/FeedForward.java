package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/** Normalisation and two linear layers around an activation, four times as wide inside. */
final class FeedForward {

  private static final int EXPANSION = 4;

  private final LayerNorm norm;
  private final Linear expand;
  private final Activation activation;
  private final Linear reduce;

  FeedForward(Parameters parameters, long width, Activation activation) {
    this.activation = activation;
    norm = new LayerNorm(parameters.in("0"), width);
    expand = new Linear(parameters.in("1"), width, EXPANSION * width);
    reduce = new Linear(parameters.in("3"), EXPANSION * width, width);
  }

  Tensor apply(Tensor x) {
    return reduce.apply(activation.apply(expand.apply(norm.apply(x))));
  }
}
