package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Convolution;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Padding;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A pre-activation bottleneck block that keeps its signal's variance without normalisation. */
final class NfnetBlock {

  /** The share of the residual branch; its square is what a block adds to the variance. */
  static final double ALPHA = 0.2;

  // sqrt(1 / Var(gelu(x))) for a standard normal x: keeps the variance through the activation.
  private static final double GELU_GAIN = 1.7015043497085571;

  private final double beta;
  private final int stride;
  private final @Nullable StandardizedConv2d shortcut;
  private final StandardizedConv2d reduce;
  private final StandardizedConv2d middle;
  private final StandardizedConv2d middleAgain;
  private final StandardizedConv2d expand;
  private final SqueezeExcite attention;
  private final Tensor skipInitGain;

  /**
   * Builds a block.
   *
   * @param in channels that come in
   * @param stage the stage it belongs to; only its first block has the stage's stride
   * @param variance the expected variance of the input
   */
  NfnetBlock(
      Parameters parameters,
      NfnetConfig config,
      int in,
      NfnetConfig.Stage stage,
      boolean first,
      double variance) {
    beta = 1 / Math.sqrt(variance);
    stride = first ? stage.stride() : 1;
    int out = stage.width();
    int inner = (int) (out * config.bottleneck());
    int groups = inner / config.groupWidth();
    double epsilon = config.standardizationEpsilon();
    Padding padding = config.padding();
    shortcut =
        stride > 1 || in != out
            ? new StandardizedConv2d(
                parameters.in("downsample.conv"), in, out, epsilon, Convolution.pointwise())
            : null;
    reduce =
        new StandardizedConv2d(parameters.in("conv1"), in, inner, epsilon, Convolution.pointwise());
    middle =
        new StandardizedConv2d(
            parameters.in("conv2"),
            inner,
            inner,
            epsilon,
            new Convolution(3, stride, padding, groups));
    middleAgain =
        new StandardizedConv2d(
            parameters.in("conv2b"), inner, inner, epsilon, new Convolution(3, 1, padding, groups));
    expand =
        new StandardizedConv2d(
            parameters.in("conv3"), inner, out, epsilon, Convolution.pointwise());
    attention = new SqueezeExcite(parameters.in("attn_last"), out, (long) (out * config.squeeze()));
    skipInitGain = parameters.get("skipinit_gain", Init.ZEROS);
  }

  static Tensor activate(Tensor x) {
    return x.gelu().mul(GELU_GAIN);
  }

  Tensor apply(Tensor x) {
    Tensor h = activate(x).mul(beta);
    Tensor skipped = shortcut == null ? x : shortcut.apply(stride > 1 ? h.averagePool2x2() : h);
    Tensor inner = activate(middleAgain.apply(activate(middle.apply(activate(reduce.apply(h))))));
    Tensor residual = attention.apply(expand.apply(inner)).mul(skipInitGain);
    return residual.mul(ALPHA).add(skipped);
  }
}
