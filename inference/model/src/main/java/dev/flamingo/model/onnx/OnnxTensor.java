package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;
import dev.flamingo.model.tensor.Convolution;
import dev.flamingo.model.tensor.Padding;
import dev.flamingo.model.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name in a graph; every operation appends a node.
 *
 * @param graph the graph
 * @param name the value's name
 */
public record OnnxTensor(OnnxGraph graph, String name) implements Tensor {

  private OnnxTensor node(String operator, AttributeProto... attributes) {
    return graph.node(operator, List.of(this), attributes);
  }

  private OnnxTensor node(String operator, Tensor other, AttributeProto... attributes) {
    return graph.node(operator, List.of(this, (OnnxTensor) other), attributes);
  }

  @Override
  public OnnxTensor add(Tensor other) {
    return node("Add", other);
  }

  @Override
  public OnnxTensor sub(Tensor other) {
    return node("Sub", other);
  }

  @Override
  public OnnxTensor mul(Tensor other) {
    return node("Mul", other);
  }

  @Override
  public OnnxTensor div(Tensor other) {
    return node("Div", other);
  }

  @Override
  public OnnxTensor add(double value) {
    return node("Add", graph.scalar(value));
  }

  @Override
  public OnnxTensor mul(double value) {
    return node("Mul", graph.scalar(value));
  }

  @Override
  public OnnxTensor matmul(Tensor other) {
    return node("MatMul", other);
  }

  @Override
  public OnnxTensor linear(Tensor weight, @Nullable Tensor bias) {
    OnnxTensor product = graph.linear(this, (OnnxTensor) weight);
    return bias == null ? product : product.add(bias);
  }

  @Override
  public OnnxTensor sqrt() {
    return node("Sqrt");
  }

  @Override
  public OnnxTensor tanh() {
    return node("Tanh");
  }

  @Override
  public OnnxTensor sigmoid() {
    return node("Sigmoid");
  }

  @Override
  public OnnxTensor relu() {
    return node("Relu");
  }

  @Override
  public OnnxTensor gelu() {
    // Spelt out: the Gelu operator is younger than operator set 17, and engines fuse this pattern,
    // ONNX Runtime only where it divides by the root.
    OnnxTensor erf = node("Div", graph.scalar(Math.sqrt(2))).node("Erf");
    return mul(erf.add(1)).mul(0.5);
  }

  @Override
  public OnnxTensor softmax() {
    return node("Softmax", integer("axis", -1));
  }

  @Override
  public OnnxTensor mean(int axis) {
    return node("ReduceMean", integers("axes", axis), integer("keepdims", 1));
  }

  @Override
  public OnnxTensor sum(int axis) {
    return node("ReduceSum", graph.integers(axis), integer("keepdims", 1));
  }

  @Override
  public OnnxTensor layerNorm(Tensor gain, Tensor bias, double epsilon) {
    AttributeProto small =
        AttributeProto.newBuilder()
            .setName("epsilon")
            .setType(AttributeType.FLOAT)
            .setF((float) epsilon)
            .build();
    return graph.node(
        "LayerNormalization",
        List.of(this, (OnnxTensor) gain, (OnnxTensor) bias),
        integer("axis", -1),
        small);
  }

  @Override
  public OnnxTensor reshape(long... shape) {
    return node("Reshape", graph.integers(shape));
  }

  @Override
  public OnnxTensor reshapeLike(Tensor other) {
    return node("Reshape", ((OnnxTensor) other).node("Shape"));
  }

  @Override
  public OnnxTensor transpose(int... axes) {
    long[] order = java.util.stream.IntStream.of(axes).asLongStream().toArray();
    return node("Transpose", integers("perm", order));
  }

  @Override
  public OnnxTensor slice(int axis, long from, long to) {
    return graph.node(
        "Slice", List.of(this, graph.integers(from), graph.integers(to), graph.integers(axis)));
  }

  @Override
  public OnnxTensor concat(Tensor other, int axis) {
    return node("Concat", other, integer("axis", axis));
  }

  @Override
  public OnnxTensor rows(Tensor ids) {
    return node("Gather", ids, integer("axis", 0));
  }

  @Override
  public OnnxTensor repeatForBatchOf(Tensor other) {
    OnnxTensor batch = ((OnnxTensor) other).node("Shape", integer("start", 0), integer("end", 1));
    OnnxTensor shape = batch.node("Concat", node("Shape"), integer("axis", 0));
    return node("Unsqueeze", graph.integers(0)).node("Expand", shape);
  }

  @Override
  public OnnxTensor conv2d(Tensor weight, Tensor bias, Convolution convolution) {
    int pad = (convolution.kernel() - 1) / 2;
    AttributeProto padding =
        convolution.padding() == Padding.SYMMETRIC
            ? integers("pads", pad, pad, pad, pad)
            : AttributeProto.newBuilder()
                .setName("auto_pad")
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8("SAME_UPPER"))
                .build();
    return graph.node(
        "Conv",
        List.of(this, (OnnxTensor) weight, (OnnxTensor) bias),
        integers("strides", convolution.stride(), convolution.stride()),
        integer("group", convolution.groups()),
        padding);
  }

  @Override
  public OnnxTensor averagePool2x2() {
    return node(
        "AveragePool",
        integers("kernel_shape", 2, 2),
        integers("strides", 2, 2),
        integer("ceil_mode", 1),
        integer("count_include_pad", 0));
  }

  @Override
  public OnnxTensor averagePool() {
    return node("GlobalAveragePool");
  }

  /** Returns where two whole numbers are the same, as truth values. */
  OnnxTensor equal(OnnxTensor other) {
    return node("Equal", other);
  }

  /** Returns where this is at most the other, as truth values. */
  OnnxTensor atMost(OnnxTensor other) {
    return node("LessOrEqual", other);
  }

  /** Returns where this is less than the other, as truth values. */
  OnnxTensor lessThan(OnnxTensor other) {
    return node("Less", other);
  }

  /** Returns the first where this is true, the second where not. */
  OnnxTensor choose(OnnxTensor where, OnnxTensor elsewhere) {
    return graph.node("Where", List.of(this, where, elsewhere));
  }

  /** Returns the same values as another type; true is 1. */
  OnnxTensor as(ElementType type) {
    return node("Cast", integer("to", type.number()));
  }

  /** Returns the place of the first highest value over one axis, which is kept with length 1. */
  OnnxTensor argMax(int axis) {
    // The operator counts in 64 bits.
    return node("ArgMax", integer("axis", axis), integer("keepdims", 1)).as(ElementType.INT32);
  }

  /** Returns the highest value over one axis, which is kept with length 1. */
  OnnxTensor max(int axis) {
    return node("ReduceMax", integers("axes", axis), integer("keepdims", 1));
  }

  /** Returns the sum of everything, without an axis. */
  OnnxTensor total() {
    return node("ReduceSum", integer("keepdims", 0));
  }

  /** Returns this with so many zeroes behind it along the last axis but one of four. */
  OnnxTensor followedByZeroes(long count) {
    return node("Pad", graph.integers(0, 0, 0, 0, 0, 0, count, 0));
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  private static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }
}
