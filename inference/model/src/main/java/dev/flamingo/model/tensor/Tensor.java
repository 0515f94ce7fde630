package dev.flamingo.model.tensor;

import org.jspecify.annotations.Nullable;

/**
 * A value in the model's computation: an array in memory (eager backend) or a name in a graph that
 * is being written (ONNX backend). Operations return new tensors; binary operations broadcast as
 * NumPy does. Both operands of an operation belong to the same backend.
 */
public interface Tensor {

  /** Returns the element-wise sum. */
  Tensor add(Tensor other);

  /** Returns the element-wise difference. */
  Tensor sub(Tensor other);

  /** Returns the element-wise product. */
  Tensor mul(Tensor other);

  /** Returns the element-wise quotient. */
  Tensor div(Tensor other);

  /** Returns this plus a constant. */
  Tensor add(double value);

  /** Returns this times a constant. */
  Tensor mul(double value);

  /** Returns the matrix product over the last two axes, the others broadcast. */
  Tensor matmul(Tensor other);

  /**
   * Returns a linear layer of this {@code [..., in]}: the product with a weight, plus a bias.
   *
   * @param weight {@code [out, in]}, as checkpoints store it
   * @param bias {@code [out]}; null for none
   */
  Tensor linear(Tensor weight, @Nullable Tensor bias);

  /** Returns the element-wise square root. */
  Tensor sqrt();

  /** Returns the element-wise hyperbolic tangent. */
  Tensor tanh();

  /** Returns the element-wise logistic function. */
  Tensor sigmoid();

  /** Returns the element-wise positive part. */
  Tensor relu();

  /** Returns the exact (erf) Gaussian error linear unit. */
  Tensor gelu();

  /** Returns the softmax over the last axis. */
  Tensor softmax();

  /** Returns the mean over one axis, which is kept with length 1. */
  Tensor mean(int axis);

  /** Returns the sum over one axis, which is kept with length 1. */
  Tensor sum(int axis);

  /** Returns this normalised over the last axis to mean 0 and variance 1, times gain, plus bias. */
  Tensor layerNorm(Tensor gain, Tensor bias, double epsilon);

  /**
   * Returns the same values in another shape.
   *
   * @param shape the new lengths; 0 keeps the length of the axis at the same place, one -1 takes
   *     what is left
   */
  Tensor reshape(long... shape);

  /** Returns the same values in the shape of another tensor. */
  Tensor reshapeLike(Tensor other);

  /** Returns this with its axes in another order. */
  Tensor transpose(int... axes);

  /**
   * Returns the values from (inclusive) to (exclusive) along an axis; a negative end counts from
   * the axis' end.
   */
  Tensor slice(int axis, long from, long to);

  /** Returns this followed by another along an axis. */
  Tensor concat(Tensor other, int axis);

  /**
   * Returns rows of this table.
   *
   * @param ids whole numbers of any shape
   * @return {@code [ids' shape, width]}
   */
  Tensor rows(Tensor ids);

  /**
   * Returns this {@code [rest]} repeated along a new first axis, as often as the other's first axis
   * is long.
   */
  Tensor repeatForBatchOf(Tensor other);

  /**
   * Returns the two-dimensional convolution of this {@code [batch, channels, height, width]}.
   *
   * @param weight {@code [out, channels / groups, kernel, kernel]}
   * @param bias {@code [out]}
   */
  Tensor conv2d(Tensor weight, Tensor bias, Convolution convolution);

  /**
   * Returns the average over 2 x 2 squares, rounding odd sizes up and not counting what lies
   * outside.
   */
  Tensor averagePool2x2();

  /**
   * Returns the average of every channel of this {@code [batch, channels, height, width]}, as
   * {@code [batch, channels, 1, 1]}.
   */
  Tensor averagePool();
}
