package dev.flamingo.model.checkpoint;

import java.util.Arrays;

/**
 * A tensor of 32-bit floats on the heap, row-major. The arrays are shared, not copied: whoever
 * hands them over stops writing to them.
 *
 * @param shape the length of every axis; empty for a scalar
 * @param values as many as the product of the axes
 */
public record HostTensor(long[] shape, float[] values) implements StoredTensor {

  /**
   * Checks that shape and values fit.
   *
   * @throws IllegalArgumentException if an axis is negative or the number of values is another
   */
  public HostTensor {
    long expected = size(shape);
    if (expected != values.length) {
      throw new IllegalArgumentException(
          "a tensor of shape %s holds %d values, but got %d"
              .formatted(Arrays.toString(shape), expected, values.length));
    }
  }

  /** Returns a tensor of these values, the shape last because it is the short part. */
  public static HostTensor of(float[] values, long... shape) {
    return new HostTensor(shape, values);
  }

  /**
   * Returns the number of values in a shape.
   *
   * @throws IllegalArgumentException if an axis is negative or the product exceeds what an array
   *     can hold
   */
  public static int size(long... shape) {
    long size = 1;
    for (long axis : shape) {
      if (axis < 0 || axis > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape %s has an axis outside 0 to 2147483647".formatted(Arrays.toString(shape)));
      }
      size *= axis;
      if (size > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "shape %s holds more values than an array can".formatted(Arrays.toString(shape)));
      }
    }
    return (int) size;
  }

  @Override
  public void read(long first, float[] target, int count) {
    System.arraycopy(values, Math.toIntExact(first), target, 0, count);
  }

  @Override
  public HostTensor floats() {
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostTensor tensor
        && Arrays.equals(shape, tensor.shape)
        && Arrays.equals(values, tensor.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "HostTensor" + Arrays.toString(shape);
  }
}
