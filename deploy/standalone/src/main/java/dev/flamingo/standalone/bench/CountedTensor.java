package dev.flamingo.standalone.bench;

import dev.flamingo.model.tensor.Convolution;
import dev.flamingo.model.tensor.Padding;
import dev.flamingo.model.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A shape in place of a value; convolutions and matrix products are counted. */
final class CountedTensor implements Tensor {

  private static final int PER_MULTIPLY_ADD = 2;

  private final FlopCounter counter;
  private final long[] shape;
  private final boolean known;

  /**
   * Makes one.
   *
   * @param known whether it follows from parameters alone
   */
  CountedTensor(FlopCounter counter, long[] shape, boolean known) {
    this.counter = counter;
    this.shape = shape.clone();
    this.known = known;
  }

  /** Returns the length of every axis. */
  long[] shape() {
    return shape.clone();
  }

  private CountedTensor as(long... other) {
    return new CountedTensor(counter, other, known);
  }

  private CountedTensor with(Tensor other, long... result) {
    return new CountedTensor(counter, result, known && ((CountedTensor) other).known);
  }

  private static long size(long[] lengths) {
    return Arrays.stream(lengths).reduce(1, Math::multiplyExact);
  }

  private Tensor broadcast(Tensor other) {
    return with(other, broadcast(shape, ((CountedTensor) other).shape));
  }

  private static long[] broadcast(long[] a, long[] b) {
    long[] result = new long[Math.max(a.length, b.length)];
    for (int fromEnd = 1; fromEnd <= result.length; fromEnd++) {
      long left = fromEnd <= a.length ? a[a.length - fromEnd] : 1;
      long right = fromEnd <= b.length ? b[b.length - fromEnd] : 1;
      if (left != right && left != 1 && right != 1) {
        throw new IllegalArgumentException(
            "shapes %s and %s do not fit".formatted(Arrays.toString(a), Arrays.toString(b)));
      }
      result[result.length - fromEnd] = Math.max(left, right);
    }
    return result;
  }

  @Override
  public Tensor add(Tensor other) {
    return broadcast(other);
  }

  @Override
  public Tensor sub(Tensor other) {
    return broadcast(other);
  }

  @Override
  public Tensor mul(Tensor other) {
    return broadcast(other);
  }

  @Override
  public Tensor div(Tensor other) {
    return broadcast(other);
  }

  @Override
  public Tensor add(double value) {
    return this;
  }

  @Override
  public Tensor mul(double value) {
    return this;
  }

  @Override
  public Tensor matmul(Tensor other) {
    long[] right = ((CountedTensor) other).shape;
    int rows = shape.length - 2;
    long[] batch =
        broadcast(Arrays.copyOf(shape, rows), Arrays.copyOf(right, Math.max(0, right.length - 2)));
    long[] result = Arrays.copyOf(batch, batch.length + 2);
    result[batch.length] = shape[rows];
    result[batch.length + 1] = right[right.length - 1];
    CountedTensor product = with(other, result);
    product.count(shape[rows + 1]);
    return product;
  }

  @Override
  public Tensor linear(Tensor weight, @Nullable Tensor bias) {
    Tensor product = matmul(weight.transpose(1, 0));
    return bias == null ? product : product.add(bias);
  }

  /** Counts this as the result of so many multiply-adds for each of its elements. */
  private void count(long multiplyAdds) {
    if (!known) {
      counter.add(PER_MULTIPLY_ADD * size(shape) * multiplyAdds);
    }
  }

  @Override
  public Tensor sqrt() {
    return this;
  }

  @Override
  public Tensor tanh() {
    return this;
  }

  @Override
  public Tensor sigmoid() {
    return this;
  }

  @Override
  public Tensor relu() {
    return this;
  }

  @Override
  public Tensor gelu() {
    return this;
  }

  @Override
  public Tensor softmax() {
    return this;
  }

  @Override
  public Tensor mean(int axis) {
    return sum(axis);
  }

  @Override
  public Tensor sum(int axis) {
    long[] result = shape.clone();
    result[axis < 0 ? axis + shape.length : axis] = 1;
    return as(result);
  }

  @Override
  public Tensor layerNorm(Tensor gain, Tensor bias, double epsilon) {
    return this;
  }

  @Override
  public Tensor reshape(long... wanted) {
    long[] result = wanted.clone();
    int rest = -1;
    long others = 1;
    for (int axis = 0; axis < result.length; axis++) {
      if (result[axis] == 0) {
        result[axis] = shape[axis];
      }
      if (result[axis] < 0) {
        rest = axis;
      } else {
        others *= result[axis];
      }
    }
    if (rest >= 0) {
      result[rest] = size(shape) / others;
    }
    return as(result);
  }

  @Override
  public Tensor reshapeLike(Tensor other) {
    return as(((CountedTensor) other).shape);
  }

  @Override
  public Tensor transpose(int... axes) {
    return as(Arrays.stream(axes).mapToLong(axis -> shape[axis]).toArray());
  }

  @Override
  public Tensor slice(int axis, long from, long to) {
    long[] result = shape.clone();
    int at = axis < 0 ? axis + shape.length : axis;
    long end = to < 0 ? to + shape[at] : Math.min(to, shape[at]);
    result[at] = end - from;
    return as(result);
  }

  @Override
  public Tensor concat(Tensor other, int axis) {
    long[] result = shape.clone();
    int at = axis < 0 ? axis + shape.length : axis;
    result[at] += ((CountedTensor) other).shape[at];
    return with(other, result);
  }

  @Override
  public Tensor rows(Tensor ids) {
    long[] wanted = ((CountedTensor) ids).shape;
    long[] result = Arrays.copyOf(wanted, wanted.length + shape.length - 1);
    System.arraycopy(shape, 1, result, wanted.length, shape.length - 1);
    return with(ids, result);
  }

  @Override
  public Tensor repeatForBatchOf(Tensor other) {
    long[] result = new long[shape.length + 1];
    result[0] = ((CountedTensor) other).shape[0];
    System.arraycopy(shape, 0, result, 1, shape.length);
    return with(other, result);
  }

  @Override
  public Tensor conv2d(Tensor weight, Tensor bias, Convolution convolution) {
    long[] kernels = ((CountedTensor) weight).shape;
    CountedTensor result =
        with(
            weight, shape[0], kernels[0], side(shape[2], convolution), side(shape[3], convolution));
    result.count(kernels[1] * kernels[2] * kernels[3]);
    return result;
  }

  private static long side(long length, Convolution convolution) {
    int stride = convolution.stride();
    if (convolution.padding() == Padding.SAME) {
      return (length + stride - 1) / stride;
    }
    int around = 2 * ((convolution.kernel() - 1) / 2);
    return (length + around - convolution.kernel()) / stride + 1;
  }

  @Override
  public Tensor averagePool2x2() {
    return as(shape[0], shape[1], (shape[2] + 1) / 2, (shape[3] + 1) / 2);
  }

  @Override
  public Tensor averagePool() {
    return as(shape[0], shape[1], 1, 1);
  }
}
