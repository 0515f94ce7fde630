package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Convolution;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/**
 * Weighs channels by what the whole picture holds; doubled, so that the variance is kept at the
 * start.
 */
final class SqueezeExcite {

  private final Tensor squeezeWeight;
  private final Tensor squeezeBias;
  private final Tensor exciteWeight;
  private final Tensor exciteBias;

  SqueezeExcite(Parameters parameters, long width, long inner) {
    squeezeWeight = parameters.get("fc1.weight", Init.linear(width), inner, width, 1, 1);
    squeezeBias = parameters.get("fc1.bias", Init.ZEROS, inner);
    exciteWeight = parameters.get("fc2.weight", Init.linear(inner), width, inner, 1, 1);
    exciteBias = parameters.get("fc2.bias", Init.ZEROS, width);
  }

  /** Returns what every channel of x is to be multiplied with, {@code [batch, channels, 1, 1]}. */
  Tensor weights(Tensor x) {
    Tensor picture = x.averagePool();
    Tensor inner = picture.conv2d(squeezeWeight, squeezeBias, Convolution.pointwise()).relu();
    return inner.conv2d(exciteWeight, exciteBias, Convolution.pointwise()).sigmoid().mul(2);
  }
}
