package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Convolution;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/**
 * A convolution whose kernels are standardised and scaled by a learnt gain (arXiv 2102.06171,
 * section 3).
 */
final class StandardizedConv2d {

  // Away from 0, so that the variance that standardisation divides by is not near the epsilon at
  // the start.
  private static final Init START = Init.normal(0.2);

  private final Tensor weight;
  private final Tensor gain;
  private final Tensor bias;
  private final long out;
  private final long fanIn;
  private final NfnetConfig config;
  private final double gamma;
  private final Convolution convolution;

  StandardizedConv2d(
      Parameters parameters, NfnetConfig config, long in, long out, Convolution convolution) {
    this(parameters, config, in, out, convolution, Init.ONES);
  }

  StandardizedConv2d(
      Parameters parameters,
      NfnetConfig config,
      long in,
      long out,
      Convolution convolution,
      Init gainStart) {
    this.config = config;
    this.out = out;
    this.convolution = convolution;
    gamma = config.gamma() == Gamma.IN_KERNEL ? ScaledActivation.gain(config.activation()) : 1;
    long kernel = convolution.kernel();
    long inGroup = in / convolution.groups();
    fanIn = inGroup * kernel * kernel;
    weight = parameters.get("weight", START, out, inGroup, kernel, kernel);
    bias = parameters.get("bias", Init.ZEROS, out);
    gain = parameters.get("gain", gainStart, out, 1, 1, 1);
  }

  Tensor apply(Tensor x) {
    return apply(x, 1);
  }

  /**
   * Returns the convolution of an input times a factor. The kernels take it: they are fewer than
   * the input's values, and in a graph they are computed once.
   */
  Tensor apply(Tensor x, double factor) {
    Standardization rule = config.standardization();
    Tensor kernels = weight.reshape(out, fanIn);
    Tensor centred = kernels.sub(kernels.mean(1));
    Tensor variance = centred.mul(centred).mean(1);
    double size = (double) fanIn;
    Tensor deviation = rule.deviation(variance, size, config.standardizationEpsilon());
    Tensor scale = gain.reshape(out, 1).mul(factor * gamma * rule.factor(size));
    Tensor standardized = centred.div(deviation).mul(scale);
    long kernel = convolution.kernel();
    return x.conv2d(
        standardized.reshape(out, fanIn / (kernel * kernel), kernel, kernel), bias, convolution);
  }
}
