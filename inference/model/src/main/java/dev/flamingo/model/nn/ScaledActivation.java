package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Tensor;

/**
 * The activation of a normaliser-free network.
 *
 * @param activation the non-linearity
 * @param gain what its result is multiplied with
 */
record ScaledActivation(Activation activation, double gain) {

  static ScaledActivation of(NfnetConfig config) {
    boolean scaled = config.gamma() == Gamma.IN_ACTIVATION;
    return new ScaledActivation(config.activation(), scaled ? gain(config.activation()) : 1);
  }

  /** Returns sqrt(1 / Var(f(x))) for a standard normal x: keeps the variance through f. */
  static double gain(Activation activation) {
    return switch (activation) {
      case GELU, TANH_GELU -> 1.7015043497085571;
      case RELU -> 1.7139588594436646;
      case SILU -> 1.7881293296813965;
      case SQUARED_RELU, QUICK_GELU ->
          throw new IllegalArgumentException(
              "an nfnet has no gain for %s: choose GELU, TANH_GELU, RELU or SILU"
                  .formatted(activation));
    };
  }

  Tensor apply(Tensor x) {
    Tensor activated = activation.apply(x);
    return gain == 1 ? activated : activated.mul(gain);
  }

  /** Returns the convolution of the activated x. */
  Tensor apply(Tensor x, StandardizedConv2d convolution) {
    return convolution.apply(activation.apply(x), gain);
  }
}
