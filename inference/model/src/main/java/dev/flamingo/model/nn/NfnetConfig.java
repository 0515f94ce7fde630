package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Padding;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The shape of a normaliser-free network (arXiv 2102.06171).
 *
 * @param stem the stem's 3x3 convolutions
 * @param stages the stages, in order
 * @param groupWidth channels in a group of the 3x3 convolutions
 * @param bottleneck the inner width of a block over its outer width
 * @param squeeze the inner width of squeeze-and-excite over its outer width
 * @param padding the padding rule of convolutions at a stride
 * @param standardizationEpsilon the epsilon of the standardisation
 * @param standardization how kernels are standardised
 * @param gamma where the activation's gain is applied
 * @param activation one whose gain is known: GELU, its approximation by tanh, RELU or SILU
 * @param skipInit whether a learnt scalar that starts at 0 closes a block's residual branch; if
 *     not, the gain of its last convolution starts at 0 instead
 * @param finalWidth channels of an activated pointwise convolution behind the last stage; 0 for
 *     none. The paper says "the output of the final stage", and its resampler is as wide as the
 *     last stage, so none is the default; its count of 435M parameters includes one of 3072
 */
public record NfnetConfig(
    List<Stem> stem,
    List<Stage> stages,
    int groupWidth,
    double bottleneck,
    double squeeze,
    Padding padding,
    double standardizationEpsilon,
    Standardization standardization,
    Gamma gamma,
    Activation activation,
    boolean skipInit,
    int finalWidth)
    implements VisionConfig {

  /** Channels of the convolution behind the last stage of the public networks. */
  public static final int FINAL_WIDTH = 3072;

  private static final List<Stem> DEEP_STEM =
      List.of(new Stem(16, 2), new Stem(32, 1), new Stem(64, 1), new Stem(128, 2));
  private static final int[] WIDTHS = {256, 512, 1536, 1536};
  private static final int[] DEPTHS = {1, 2, 6, 3};
  private static final int LARGEST = 7;

  /** Makes a network as timm's {@code dm_nfnet_*}, without a final convolution. */
  public NfnetConfig(
      List<Stem> stem,
      List<Stage> stages,
      int groupWidth,
      double bottleneck,
      double squeeze,
      Padding padding,
      double standardizationEpsilon) {
    this(
        stem,
        stages,
        groupWidth,
        bottleneck,
        squeeze,
        padding,
        standardizationEpsilon,
        Standardization.ADDED_EPSILON,
        Gamma.IN_ACTIVATION,
        Activation.GELU,
        true,
        0);
  }

  /**
   * Checks the activation.
   *
   * @throws IllegalArgumentException if its gain is not known
   */
  public NfnetConfig {
    stem = List.copyOf(stem);
    stages = List.copyOf(stages);
    ScaledActivation.gain(activation);
  }

  /** One convolution of the stem. */
  public record Stem(int width, int stride) {}

  /** One stage: so many blocks, the first of which takes the stride. */
  public record Stage(int width, int depth, int stride) {}

  /**
   * Returns the public network F0 to F7 as timm's {@code dm_nfnet_f*} computes it, without the
   * final convolution.
   *
   * @throws IllegalArgumentException if there is no such variant
   */
  public static NfnetConfig variant(int number) {
    if (number < 0 || number > LARGEST) {
      throw new IllegalArgumentException(
          "nfnet f%d does not exist: choose 0 to %d".formatted(number, LARGEST));
    }
    List<Stage> stages =
        IntStream.range(0, WIDTHS.length)
            .mapToObj(i -> new Stage(WIDTHS[i], DEPTHS[i] * (number + 1), i == 0 ? 1 : 2))
            .toList();
    return new NfnetConfig(DEEP_STEM, stages, 128, 0.5, 0.5, Padding.SAME, 1e-5);
  }

  /** Returns this network as DeepMind's own code computes it. */
  public NfnetConfig asDeepMind() {
    return new NfnetConfig(
        stem,
        stages,
        groupWidth,
        bottleneck,
        squeeze,
        Padding.SAME,
        1e-4,
        Standardization.LEAST_VARIANCE,
        Gamma.IN_ACTIVATION,
        Activation.TANH_GELU,
        true,
        finalWidth);
  }

  /** Returns this network as timm's {@code nfnet_*} computes it. */
  public NfnetConfig asTimm() {
    return new NfnetConfig(
        stem,
        stages,
        groupWidth,
        bottleneck,
        squeeze,
        Padding.SYMMETRIC,
        1e-5,
        Standardization.ADDED_EPSILON,
        Gamma.IN_KERNEL,
        Activation.GELU,
        false,
        finalWidth);
  }

  /** Returns this network with a final convolution of so many channels; 0 for none. */
  public NfnetConfig withFinalWidth(int width) {
    return new NfnetConfig(
        stem,
        stages,
        groupWidth,
        bottleneck,
        squeeze,
        padding,
        standardizationEpsilon,
        standardization,
        gamma,
        activation,
        skipInit,
        width);
  }

  /** Returns the number of channels of the last stage's map. */
  int lastWidth() {
    return stages.get(stages.size() - 1).width();
  }

  @Override
  public int width() {
    return finalWidth > 0 ? finalWidth : lastWidth();
  }

  @Override
  public int patches(int imageSize) {
    int side = imageSize;
    for (Stem layer : stem) {
      side = ceilDiv(side, layer.stride());
    }
    for (Stage stage : stages) {
      side = ceilDiv(side, stage.stride());
    }
    return side * side;
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
