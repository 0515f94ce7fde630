package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/** A linear layer without bias; its weight is {@code [out, in]}, as checkpoints store it. */
final class Linear {

  private final Tensor weight;

  Linear(Parameters parameters, long in, long out) {
    weight = parameters.get("weight", Init.linear(in), out, in);
  }

  Tensor apply(Tensor x) {
    return x.matmul(weight.transpose(1, 0));
  }
}
