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
  private final double epsilon;
  private final Convolution convolution;

  StandardizedConv2d(
      Parameters parameters, long in, long out, double epsilon, Convolution convolution) {
    this.out = out;
    this.epsilon = epsilon;
    this.convolution = convolution;
    long kernel = convolution.kernel();
    long inGroup = in / convolution.groups();
    fanIn = inGroup * kernel * kernel;
    weight = parameters.get("weight", START, out, inGroup, kernel, kernel);
    bias = parameters.get("bias", Init.ZEROS, out);
    gain = parameters.get("gain", Init.ONES, out, 1, 1, 1);
  }

  Tensor apply(Tensor x) {
    Tensor kernels = weight.reshape(out, fanIn);
    Tensor centred = kernels.sub(kernels.mean(1));
    Tensor deviation = centred.mul(centred).mean(1).add(epsilon).sqrt();
    Tensor scale = gain.reshape(out, 1).mul(1 / Math.sqrt((double) fanIn));
    Tensor standardized = centred.div(deviation).mul(scale);
    long kernel = convolution.kernel();
    return x.conv2d(
        standardized.reshape(out, fanIn / (kernel * kernel), kernel, kernel), bias, convolution);
  }
}
