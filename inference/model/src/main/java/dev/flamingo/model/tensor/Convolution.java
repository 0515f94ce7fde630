package dev.flamingo.model.tensor;

/**
 * How a square kernel moves over a picture.
 *
 * @param kernel the side of the kernel in pixels
 * @param stride the step in pixels
 * @param padding what surrounds the picture
 * @param groups how many groups of channels do not see each other
 */
public record Convolution(int kernel, int stride, Padding padding, int groups) {

  /** Returns a convolution of single pixels. */
  public static Convolution pointwise() {
    return new Convolution(1, 1, Padding.SYMMETRIC, 1);
  }
}
