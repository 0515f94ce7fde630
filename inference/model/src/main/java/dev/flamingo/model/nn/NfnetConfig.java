package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Padding;
import java.util.List;

/**
 * The shape of a normaliser-free network (arXiv 2102.06171).
 *
 * @param stem the stem's 3x3 convolutions
 * @param stages the stages, in order
 * @param groupWidth channels in a group of the 3x3 convolutions
 * @param bottleneck the inner width of a block over its outer width
 * @param squeeze the inner width of squeeze-and-excite over its outer width
 * @param padding the padding rule of convolutions at a stride
 * @param standardizationEpsilon added to a kernel's variance before its square root
 */
public record NfnetConfig(
    List<Stem> stem,
    List<Stage> stages,
    int groupWidth,
    double bottleneck,
    double squeeze,
    Padding padding,
    double standardizationEpsilon) {

  /** One convolution of the stem. */
  public record Stem(int width, int stride) {}

  /** One stage: so many blocks, the first of which takes the stride. */
  public record Stage(int width, int depth, int stride) {}

  /** Returns the number of channels of the last stage's map. */
  public int width() {
    return stages.get(stages.size() - 1).width();
  }
}
