package dev.flamingo.model.checkpoint;

import java.util.Arrays;

/**
 * A tensor wherever it lies: in a file, on the heap or computed from another. Its values become
 * floats where something computes with them, a part at a time. Row-major.
 */
public interface StoredTensor {

  /** Returns the length of every axis; empty for a scalar. */
  long[] shape();

  /** Returns the number of values. */
  default long size() {
    return Arrays.stream(shape()).reduce(1, Math::multiplyExact);
  }

  /**
   * Copies values.
   *
   * @param first index of the first
   * @param target where they come to lie, from the start
   * @param count at most as many as the target holds and as there are from the first on
   * @throws java.io.UncheckedIOException if a file can no longer be read
   */
  void read(long first, float[] target, int count);

  /**
   * Returns all values on the heap.
   *
   * @throws IllegalArgumentException if they are more than an array holds
   */
  default HostTensor floats() {
    float[] values = new float[HostTensor.size(shape())];
    read(0, values, values.length);
    return new HostTensor(shape(), values);
  }
}
