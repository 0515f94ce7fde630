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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A graph that is being written. Operator set 17 and IR version 8: what both ONNX Runtime and
 * TensorRT 8.6 read.
 *
 * <p>The body of a loop is a graph inside another. It reads the values around it by their names, so
 * no name is given twice; parameters and constants belong to the outermost graph, and a node goes
 * to the innermost graph that one of its inputs is of: what does not change is computed once,
 * before the loop.
 *
 * <p>Not thread-safe.
 */
public final class OnnxGraph {

  private static final int OPERATOR_SET = 17;
  private static final int IR_VERSION = 8;

  private final GraphProto.Builder graph;
  private final OnnxGraph outermost;
  private final int depth;
  private final Map<String, OnnxTensor> constants = new HashMap<>();
  private int nodes;

  /** Starts an empty graph of that name. */
  public OnnxGraph(String name) {
    this(name, null);
  }

  private OnnxGraph(String name, @Nullable OnnxGraph around) {
    graph = GraphProto.newBuilder().setName(name);
    outermost = around == null ? this : around.outermost;
    depth = around == null ? 0 : around.depth + 1;
  }

  /** Returns an empty graph inside this one. */
  OnnxGraph inner(String name) {
    return new OnnxGraph(name, this);
  }

  /**
   * Declares an input.
   *
   * @param dimensions lengths as numbers, or names for those that vary between calls
   */
  public OnnxTensor input(String name, ElementType type, Object... dimensions) {
    graph.addInput(value(name, type, dimensions));
    return new OnnxTensor(this, name);
  }

  /** Declares a float output of any shape. */
  public void output(String name, OnnxTensor tensor) {
    identity(name, tensor);
    graph.addOutput(value(name, tensorType(ElementType.FLOAT)));
  }

  /** Declares an output, see {@link #input}. */
  void output(String name, ElementType type, OnnxTensor tensor, Object... dimensions) {
    identity(name, tensor);
    graph.addOutput(value(name, type, dimensions));
  }

  private void identity(String name, OnnxTensor tensor) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Identity")
            .setName(name)
            .addInput(tensor.name())
            .addOutput(name));
  }

  /** Stores a parameter or a table in the graph. */
  public OnnxTensor initializer(String name, float[] values, long... shape) {
    ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return add(name, ElementType.FLOAT, bytes, shape);
  }

  /** Returns shapes, axes and bounds, for which operators ask in 64 bits. */
  OnnxTensor integers(long... values) {
    return constant(
        "integers" + Arrays.toString(values), name -> longs(name, values, values.length));
  }

  /** Returns a single number of 64 bits without an axis. */
  OnnxTensor count(long value) {
    return constant("count" + value, name -> longs(name, new long[] {value}));
  }

  /** Returns a table of whole numbers of 32 bits. */
  OnnxTensor table(int[] values, long... shape) {
    return constant(
        "table" + Arrays.toString(values) + Arrays.toString(shape),
        name -> {
          ByteBuffer bytes = littleEndian(values.length * Integer.BYTES);
          bytes.asIntBuffer().put(values);
          return add(name, ElementType.INT32, bytes, shape);
        });
  }

  OnnxTensor scalar(double value) {
    return constant(
        "scalar" + (float) value, name -> initializer(name, new float[] {(float) value}));
  }

  private OnnxTensor constant(String key, Function<String, OnnxTensor> make) {
    Map<String, OnnxTensor> known = outermost.constants;
    return known.computeIfAbsent(key, absent -> make.apply("constant_" + known.size()));
  }

  private OnnxTensor longs(String name, long[] values, long... shape) {
    ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return add(name, ElementType.INT64, bytes, shape);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private OnnxTensor add(String name, ElementType type, ByteBuffer bytes, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.number());
    for (long length : shape) {
      tensor.addDims(length);
    }
    outermost.graph.addInitializer(tensor.setRawData(ByteString.copyFrom(bytes.rewind())));
    return new OnnxTensor(outermost, name);
  }

  /** Appends an operation on values of this graph and of those around it, at least one. */
  OnnxTensor node(String operator, List<OnnxTensor> inputs, AttributeProto... attributes) {
    OnnxGraph innermost =
        inputs.stream()
            .map(OnnxTensor::graph)
            .max(Comparator.comparingInt(at -> at.depth))
            .orElse(this);
    return innermost.append(operator, inputs, 1, List.of(attributes)).get(0);
  }

  /** Appends an operation with several results to this graph. */
  List<OnnxTensor> append(
      String operator, List<OnnxTensor> inputs, int outputs, List<AttributeProto> attributes) {
    String name = operator.toLowerCase(Locale.ROOT) + "_" + outermost.nodes++;
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(name);
    inputs.forEach(input -> node.addInput(input.name()));
    for (int i = 0; i < outputs; i++) {
      node.addOutput(outputs == 1 ? name : name + "_" + i);
    }
    graph.addNode(node.addAllAttribute(attributes));
    return node.getOutputList().stream().map(output -> new OnnxTensor(this, output)).toList();
  }

  /** Returns what was written so far. */
  GraphProto toProto() {
    return graph.build();
  }

  /** Returns the finished model as ONNX bytes, without the parameters that no node reads. */
  public byte[] toBytes() {
    Set<String> read = readBy(graph.getNodeList());
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

  /** Returns the names of all values that nodes read, those within loops among them. */
  static Set<String> readBy(List<NodeProto> nodes) {
    Set<String> read = new HashSet<>();
    collectRead(nodes, read);
    return read;
  }

  private static void collectRead(List<NodeProto> nodes, Set<String> read) {
    for (NodeProto node : nodes) {
      read.addAll(node.getInputList());
      for (AttributeProto attribute : node.getAttributeList()) {
        collectRead(attribute.getG().getNodeList(), read);
      }
    }
  }

  private static ValueInfoProto value(String name, ElementType type, Object... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object dimension : dimensions) {
      TensorShapeProto.Dimension.Builder length = shape.addDimBuilder();
      if (dimension instanceof Number number) {
        length.setDimValue(number.longValue());
      } else {
        length.setDimParam(dimension.toString());
      }
    }
    return value(name, tensorType(type).setShape(shape));
  }

  private static ValueInfoProto value(String name, TypeProto.Tensor.Builder type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  private static TypeProto.Tensor.Builder tensorType(ElementType type) {
    return TypeProto.Tensor.newBuilder().setElemType(type.number());
  }
}
