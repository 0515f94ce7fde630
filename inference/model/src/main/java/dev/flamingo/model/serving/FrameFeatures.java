package dev.flamingo.model.serving;

import java.util.Arrays;

/**
 * What the vision encoder made of one frame.
 *
 * @param values {@code [patches, channels]}, not to be written to
 */
public record FrameFeatures(float[] values) {

  /** Returns the features in half precision, little-endian: 2 bytes a value. */
  public byte[] toBytes() {
    return HalfBytes.of(values);
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the number of bytes is odd
   */
  public static FrameFeatures fromBytes(byte[] bytes) {
    if (bytes.length % 2 != 0) {
      throw new IllegalArgumentException(
          "%d bytes of frame features are no half-precision numbers".formatted(bytes.length));
    }
    return new FrameFeatures(HalfBytes.toFloats(bytes));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FrameFeatures features && Arrays.equals(values, features.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FrameFeatures[" + values.length + "]";
  }
}
