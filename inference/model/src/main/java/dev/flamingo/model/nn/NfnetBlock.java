package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Convolution;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pre-activation bottleneck block that keeps its signal's variance without normalisation. */
final class NfnetBlock {

  /** The share of the residual branch; its square is what a block adds to the variance. */
  static final double ALPHA = 0.2;

  private final ScaledActivation activation;
  private final double beta;
  private final int stride;
  private final @Nullable StandardizedConv2d shortcut;
  private final StandardizedConv2d reduce;
  private final StandardizedConv2d middle;
  private final StandardizedConv2d middleAgain;
  private final StandardizedConv2d expand;
  private final SqueezeExcite attention;
  private final @Nullable Tensor skipInitGain;

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
    activation = ScaledActivation.of(config);
    beta = 1 / Math.sqrt(variance);
    stride = first ? stage.stride() : 1;
    int out = stage.width();
    int inner = (int) (out * config.bottleneck());
    int groups = inner / config.groupWidth();
    Convolution pointwise = Convolution.pointwise();
    Convolution grouped = new Convolution(3, 1, config.padding(), groups);
    Convolution strided = new Convolution(3, stride, config.padding(), groups);
    shortcut =
        stride > 1 || in != out
            ? new StandardizedConv2d(parameters.in("downsample.conv"), config, in, out, pointwise)
            : null;
    reduce = new StandardizedConv2d(parameters.in("conv1"), config, in, inner, pointwise);
    middle = new StandardizedConv2d(parameters.in("conv2"), config, inner, inner, strided);
    middleAgain = new StandardizedConv2d(parameters.in("conv2b"), config, inner, inner, grouped);
    Init start = config.skipInit() ? Init.ONES : Init.ZEROS;
    expand = new StandardizedConv2d(parameters.in("conv3"), config, inner, out, pointwise, start);
    attention = new SqueezeExcite(parameters.in("attn_last"), out, (long) (out * config.squeeze()));
    skipInitGain = config.skipInit() ? parameters.get("skipinit_gain", Init.ZEROS) : null;
  }

  Tensor apply(Tensor x) {
    Tensor h = activation.activation().apply(x);
    double factor = activation.gain() * beta;
    Tensor skipped =
        shortcut == null ? x : shortcut.apply(stride > 1 ? h.averagePool2x2() : h, factor);
    Tensor inner = reduce.apply(h, factor);
    for (StandardizedConv2d next : List.of(middle, middleAgain, expand)) {
      inner = activation.apply(inner, next);
    }
    // What weighs the branch as a whole goes into the channels' weights: one product of its size.
    Tensor weights = attention.weights(inner).mul(ALPHA);
    return inner.mul(skipInitGain == null ? weights : weights.mul(skipInitGain)).add(skipped);
  }
}
