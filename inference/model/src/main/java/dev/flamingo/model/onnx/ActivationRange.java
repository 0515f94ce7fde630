package dev.flamingo.model.onnx;

/**
 * What an activation's values lie between, and how 8 bits without a sign hold them: a value is
 * {@code (code - zero) * scale}. What lies beyond is held at the end.
 *
 * @param least the least value, at most 0: nothing, as what surrounds a picture, has a code
 * @param most the greatest value, at least 0
 */
public record ActivationRange(float least, float most) {

  private static final int CODES = 255;

  /** Takes 0 into the range. */
  public ActivationRange {
    least = Math.min(least, 0);
    most = Math.max(most, 0);
  }

  /** Returns the range of both. */
  public ActivationRange and(ActivationRange other) {
    return new ActivationRange(Math.min(least, other.least), Math.max(most, other.most));
  }

  /** Returns the step from one code to the next, above 0. */
  float scale() {
    return Math.max((most - least) / CODES, Float.MIN_NORMAL);
  }

  /** Returns the code of 0. */
  byte zero() {
    return (byte) Math.round(-least / scale());
  }
}
