package dev.flamingo.model.eager;

import ai.djl.ndarray.NDArray;

/**
 * A number beside an array. DJL's own short forms, such as {@code array.mul(2)}, free the number's
 * memory at once, while the backward pass still reads it: after the next garbage collection
 * gradients are arbitrary. A number made here lives as long as the scope it was made in.
 */
public final class Scalar {

  private Scalar() {}

  /** Returns a number for an operation with an array. */
  public static NDArray of(NDArray array, double value) {
    return array.getManager().create((float) value);
  }
}
