package dev.flamingo.model.tensor;

/** Zeroes around a picture before a convolution. */
public enum Padding {
  /** The same on all sides: (kernel - 1) / 2. */
  SYMMETRIC,
  /**
   * As many as make the output ceil(input / stride); an odd one goes to the bottom and the right.
   */
  SAME
}
