package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A linear layer; its weight is {@code [out, in]}, as checkpoints store it. */
final class Linear {

  private final Tensor weight;
  private final @Nullable Tensor bias;

  private Linear(Parameters parameters, long in, long out, boolean biased) {
    weight = parameters.get("weight", Init.linear(in), out, in);
    bias = biased ? parameters.get("bias", Init.ZEROS, out) : null;
  }

  /** Builds a layer without bias. */
  Linear(Parameters parameters, long in, long out) {
    this(parameters, in, out, /* biased= */ false);
  }

  static Linear biased(Parameters parameters, long in, long out) {
    return new Linear(parameters, in, out, /* biased= */ true);
  }

  Tensor apply(Tensor x) {
    return x.linear(weight, bias);
  }
}
