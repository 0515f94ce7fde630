package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.flamingo.model.checkpoint.StoredTensor;
import dev.flamingo.model.checkpoint.TransposedTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

  private final GraphProto.Builder graph;
  private final OnnxGraph outermost;
  private final int depth;
  private final Quantization quantization;
  private final Map<String, OnnxTensor> constants = new HashMap<>();
  private final Map<String, StoredTensor> parameters = new LinkedHashMap<>();
  private final Map<String, QuantizedMatrix> matrices = new LinkedHashMap<>();
  private int nodes;

  /** Starts an empty graph of that name. */
  public OnnxGraph(String name) {
    this(name, Quantization.NONE);
  }

  /** Starts an empty graph whose linear layers keep their weights in that way. */
  OnnxGraph(String name, Quantization quantization) {
    this(name, quantization, null);
  }

  private OnnxGraph(String name, Quantization quantization, @Nullable OnnxGraph around) {
    this.quantization = quantization;
    graph = GraphProto.newBuilder().setName(name);
    outermost = around == null ? this : around.outermost;
    depth = around == null ? 0 : around.depth + 1;
  }

  /** Returns an empty graph inside this one. */
  OnnxGraph inner(String name) {
    return new OnnxGraph(name, quantization, this);
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

  /**
   * Declares a parameter, whose values are read when the graph is finished, and only if a node
   * reads them.
   */
  OnnxTensor parameter(String name, StoredTensor values) {
    outermost.parameters.put(name, values);
    return new OnnxTensor(outermost, name);
  }

  /**
   * Appends the product of a linear layer. A weight that is a parameter is stored as the operator
   * takes it: in few bits where this graph keeps them so, else with its axes exchanged.
   *
   * @param weight {@code [out, in]}
   */
  OnnxTensor linear(OnnxTensor x, OnnxTensor weight) {
    StoredTensor values = outermost.parameters.get(weight.name());
    if (values == null || values.shape().length != 2) {
      return x.matmul(weight.transpose(1, 0));
    }
    long[] shape = values.shape();
    if (!quantization.takes(shape[1])) {
      return x.matmul(parameter(weight.name() + ".transposed", new TransposedTensor(values)));
    }
    // A prompt's reading and a loop's body share it.
    QuantizedMatrix matrix =
        outermost.matrices.computeIfAbsent(
            weight.name(),
            name ->
                quantization.matrix(name, Math.toIntExact(shape[0]), Math.toIntExact(shape[1])));
    return product(x, matrix);
  }

  /** Appends the product with a weight in few bits. */
  OnnxTensor product(OnnxTensor x, QuantizedMatrix matrix) {
    List<OnnxTensor> inputs = new ArrayList<>(List.of(x));
    matrix.names().forEach(name -> inputs.add(new OnnxTensor(outermost, name)));
    NodeProto.Builder node = NodeProto.newBuilder().setDomain(QuantizedMatrix.DOMAIN);
    return innermost(inputs).append(node, matrix.operator(), inputs, 1, matrix.attributes()).get(0);
  }

  /** Stores a table in the graph. */
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
    return innermost(inputs).append(operator, inputs, 1, List.of(attributes)).get(0);
  }

  private OnnxGraph innermost(List<OnnxTensor> inputs) {
    return inputs.stream()
        .map(OnnxTensor::graph)
        .max(Comparator.comparingInt(at -> at.depth))
        .orElse(this);
  }

  /** Appends an operation with several results to this graph. */
  List<OnnxTensor> append(
      String operator, List<OnnxTensor> inputs, int outputs, List<AttributeProto> attributes) {
    return append(NodeProto.newBuilder(), operator, inputs, outputs, attributes);
  }

  private List<OnnxTensor> append(
      NodeProto.Builder node,
      String operator,
      List<OnnxTensor> inputs,
      int outputs,
      List<AttributeProto> attributes) {
    String name = operator.toLowerCase(Locale.ROOT) + "_" + outermost.nodes++;
    node.setOpType(operator).setName(name);
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

  /** Returns the finished model as ONNX bytes that hold its parameters. */
  public byte[] toBytes() {
    return toBytes(new InlineWeights());
  }

  /**
   * Returns the finished model as ONNX bytes, without the parameters that no node reads.
   *
   * @param weights where the values of the others are kept
   * @throws UncheckedIOException if a value cannot be read or kept
   */
  byte[] toBytes(WeightStore weights) {
    try {
      return new GraphWriter(toProto(), parameters, matrices, weights).write().toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
