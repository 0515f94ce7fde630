package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A graph that is being written. Operator set 17 and IR version 8: what both ONNX Runtime and
 * TensorRT 8.6 read.
 *
 * <p>Not thread-safe.
 */
public final class OnnxGraph {

  private static final int OPERATOR_SET = 17;
  private static final int IR_VERSION = 8;

  private final GraphProto.Builder graph;
  private final Map<String, OnnxTensor> constants = new HashMap<>();
  private int nodes;

  /** Starts an empty graph of that name. */
  public OnnxGraph(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  /**
   * Declares an input.
   *
   * @param dimensions lengths as numbers, or names for those that vary between calls
   */
  public OnnxTensor input(String name, ElementType type, Object... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object dimension : dimensions) {
      TensorShapeProto.Dimension.Builder length = shape.addDimBuilder();
      if (dimension instanceof Number number) {
        length.setDimValue(number.longValue());
      } else {
        length.setDimParam(dimension.toString());
      }
    }
    graph.addInput(
        value(name, type).setType(tensor(type).setTensorType(tensorType(type).setShape(shape))));
    return new OnnxTensor(this, name);
  }

  /** Declares a float output. */
  public void output(String name, OnnxTensor tensor) {
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").addInput(tensor.name()).addOutput(name));
    graph.addOutput(value(name, ElementType.FLOAT));
  }

  /** Stores a parameter or a table in the graph. */
  public OnnxTensor initializer(String name, float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return add(name, ElementType.FLOAT, bytes, shape);
  }

  OnnxTensor integers(long... values) {
    return constants.computeIfAbsent(
        "integers" + java.util.Arrays.toString(values),
        key -> {
          ByteBuffer bytes =
              ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          bytes.asLongBuffer().put(values);
          return add("constant_" + constants.size(), ElementType.INT64, bytes, values.length);
        });
  }

  OnnxTensor scalar(double value) {
    return constants.computeIfAbsent(
        "scalar" + (float) value,
        key -> initializer("constant_" + constants.size(), new float[] {(float) value}));
  }

  private OnnxTensor add(String name, ElementType type, ByteBuffer bytes, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.number());
    for (long length : shape) {
      tensor.addDims(length);
    }
    graph.addInitializer(tensor.setRawData(ByteString.copyFrom(bytes.rewind())));
    return new OnnxTensor(this, name);
  }

  OnnxTensor node(String operator, List<OnnxTensor> inputs, AttributeProto... attributes) {
    String output = operator.toLowerCase(java.util.Locale.ROOT) + "_" + nodes++;
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName(output).addOutput(output);
    inputs.forEach(input -> node.addInput(input.name()));
    graph.addNode(node.addAllAttribute(List.of(attributes)));
    return new OnnxTensor(this, output);
  }

  /** Returns the finished model as ONNX bytes, without the parameters that no node reads. */
  public byte[] toBytes() {
    Set<String> read =
        graph.getNodeList().stream()
            .flatMap(node -> node.getInputList().stream())
            .collect(Collectors.toSet());
    GraphProto.Builder lean = graph.clone().clearInitializer();
    graph.getInitializerList().stream()
        .filter(initializer -> read.contains(initializer.getName()))
        .forEach(lean::addInitializer);
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("flamingo-live")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
        .setGraph(lean)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto.Builder value(String name, ElementType type) {
    return ValueInfoProto.newBuilder().setName(name).setType(tensor(type));
  }

  private static TypeProto.Builder tensor(ElementType type) {
    return TypeProto.newBuilder().setTensorType(tensorType(type));
  }

  private static TypeProto.Tensor.Builder tensorType(ElementType type) {
    return TypeProto.Tensor.newBuilder().setElemType(type.number());
  }
}
