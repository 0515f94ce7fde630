package dev.flamingo.model.eager;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import dev.flamingo.model.tensor.Convolution;
import dev.flamingo.model.tensor.Padding;
import dev.flamingo.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that is computed at once.
 *
 * @param array the values
 */
public record EagerTensor(NDArray array) implements Tensor {

  private static NDArray array(Tensor tensor) {
    return ((EagerTensor) tensor).array();
  }

  private static Tensor of(NDArray array) {
    return new EagerTensor(array);
  }

  @Override
  public Tensor add(Tensor other) {
    return of(array.add(array(other)));
  }

  @Override
  public Tensor sub(Tensor other) {
    return of(array.sub(array(other)));
  }

  @Override
  public Tensor mul(Tensor other) {
    return of(array.mul(array(other)));
  }

  @Override
  public Tensor div(Tensor other) {
    return of(array.div(array(other)));
  }

  @Override
  public Tensor add(double value) {
    return of(array.add(Scalar.of(array, value)));
  }

  @Override
  public Tensor mul(double value) {
    return of(array.mul(Scalar.of(array, value)));
  }

  @Override
  public Tensor matmul(Tensor other) {
    return of(array.matMul(array(other)));
  }

  @Override
  public Tensor linear(Tensor weight, @Nullable Tensor bias) {
    NDArray product = array.matMul(array(weight).transpose(1, 0));
    return of(bias == null ? product : product.add(array(bias)));
  }

  @Override
  public Tensor sqrt() {
    return of(array.sqrt());
  }

  @Override
  public Tensor tanh() {
    return of(array.tanh());
  }

  @Override
  public Tensor sigmoid() {
    return of(Activation.sigmoid(array));
  }

  @Override
  public Tensor relu() {
    return of(Activation.relu(array));
  }

  @Override
  public Tensor gelu() {
    return of(Activation.gelu(array));
  }

  @Override
  public Tensor softmax() {
    return of(array.softmax(-1));
  }

  @Override
  public Tensor mean(int axis) {
    return of(array.mean(new int[] {axis}, true));
  }

  @Override
  public Tensor sum(int axis) {
    return of(array.sum(new int[] {axis}, true));
  }

  @Override
  public Tensor layerNorm(Tensor gain, Tensor bias, double epsilon) {
    NDArray g = array(gain);
    return of(
        LayerNorm.layerNorm(array, g.getShape(), g, array(bias), (float) epsilon)
            .singletonOrThrow());
  }

  @Override
  public Tensor reshape(long... shape) {
    long[] lengths = shape.clone();
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] == 0) {
        lengths[i] = array.getShape().get(i);
      }
    }
    return of(array.reshape(lengths));
  }

  @Override
  public Tensor reshapeLike(Tensor other) {
    return of(array.reshape(array(other).getShape()));
  }

  @Override
  public Tensor transpose(int... axes) {
    return of(array.transpose(axes));
  }

  @Override
  public Tensor slice(int axis, long from, long to) {
    NDIndex index = new NDIndex();
    for (int i = 0; i < axis; i++) {
      index.addAllDim();
    }
    return of(array.get(index.addSliceDim(from, to)));
  }

  @Override
  public Tensor concat(Tensor other, int axis) {
    return of(NDArrays.concat(new NDList(array, array(other)), axis));
  }

  @Override
  public Tensor rows(Tensor ids) {
    return of(Embedding.embedding(array(ids), array, SparseFormat.DENSE).singletonOrThrow());
  }

  @Override
  public Tensor repeatForBatchOf(Tensor other) {
    Shape shape = new Shape(array(other).getShape().get(0)).addAll(array.getShape());
    return of(array.expandDims(0).broadcast(shape));
  }

  @Override
  public Tensor conv2d(Tensor weight, Tensor bias, Convolution convolution) {
    long kernel = convolution.kernel();
    long stride = convolution.stride();
    NDArray input = array;
    long pad = (kernel - 1) / 2;
    if (convolution.padding() == Padding.SAME && stride > 1) {
      long rows = missing(array.getShape().get(2), kernel, stride);
      long columns = missing(array.getShape().get(3), kernel, stride);
      input =
          array.pad(new Shape(columns / 2, columns - columns / 2, rows / 2, rows - rows / 2), 0);
      pad = 0;
    }
    return of(
        Conv2d.conv2d(
                input,
                array(weight),
                array(bias),
                new Shape(stride, stride),
                new Shape(pad, pad),
                new Shape(1, 1),
                convolution.groups())
            .singletonOrThrow());
  }

  private static long missing(long length, long kernel, long stride) {
    return Math.max(0, ((length + stride - 1) / stride - 1) * stride + kernel - length);
  }

  @Override
  public Tensor averagePool2x2() {
    Shape two = new Shape(2, 2);
    return of(
        Pool.avgPool2d(
            array, two, two, new Shape(0, 0), /* ceilMode= */ true, /* countIncludePad= */ false));
  }

  @Override
  public Tensor averagePool() {
    return mean(2).mean(3);
  }
}
