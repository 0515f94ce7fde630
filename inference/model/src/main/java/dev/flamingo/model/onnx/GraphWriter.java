package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.flamingo.model.checkpoint.StoredTensor;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes a model of a graph: its parameters' values are read now, one at a time, and only those that
 * a node reads.
 *
 * @param graph nodes, inputs, outputs and tables
 * @param parameters their values by name
 * @param matrices the parameters that are kept in few bits
 * @param weights where values are kept
 */
record GraphWriter(
    GraphProto graph,
    Map<String, StoredTensor> parameters,
    Map<String, QuantizedMatrix> matrices,
    WeightStore weights) {

  /** What both ONNX Runtime and TensorRT 8.6 read. */
  private static final int OPERATOR_SET = 17;

  private static final int IR_VERSION = 8;

  /**
   * Returns the model.
   *
   * @throws IOException if a value cannot be read or kept
   */
  ModelProto write() throws IOException {
    GraphProto.Builder lean = graph.toBuilder().clearInitializer();
    WeightLayout layout = weights.layout();
    if (layout != null) {
      compute(lean, layout);
    }
    Set<String> read = OnnxGraph.readBy(lean.getNodeList());
    graph.getInitializerList().stream()
        .filter(table -> read.contains(table.getName()))
        .forEach(lean::addInitializer);
    for (Map.Entry<String, StoredTensor> parameter : parameters.entrySet()) {
      if (read.contains(parameter.getKey())) {
        lean.addInitializer(keep(parameter.getKey(), parameter.getValue(), weights));
      }
    }
    for (Map.Entry<String, QuantizedMatrix> matrix : matrices.entrySet()) {
      StoredTensor weight = Objects.requireNonNull(parameters.get(matrix.getKey()));
      weights
          .keep(matrix.getValue(), matrix.getValue().encode(weight))
          .forEach(lean::addInitializer);
    }
    return matrices.isEmpty() ? model(lean).build() : quantized(lean);
  }

  /** Puts values in the place of the nodes that depend on parameters alone. */
  private void compute(GraphProto.Builder lean, WeightLayout layout) throws IOException {
    Map<String, TensorProto> tables = new HashMap<>();
    graph.getInitializerList().forEach(table -> tables.put(table.getName(), table));
    Set<String> constants = new HashSet<>(tables.keySet());
    constants.addAll(parameters.keySet());
    ConstantNodes nodes = new ConstantNodes(graph.getNodeList(), constants);
    WeightStore inline = new InlineWeights();
    for (String value : nodes.values()) {
      GraphProto.Builder alone = nodes.graphOf(value);
      for (String name : OnnxGraph.readBy(alone.getNodeList())) {
        TensorProto table = tables.get(name);
        StoredTensor parameter = parameters.get(name);
        if (table != null) {
          alone.addInitializer(table);
        } else if (parameter != null) {
          alone.addInitializer(keep(name, parameter, inline));
        }
      }
      lean.addInitializer(weights.keepOwn(layout.compute(model(alone).build())));
    }
    lean.clearNode().addAllNode(nodes.others());
  }

  private static TensorProto keep(String name, StoredTensor parameter, WeightStore weights)
      throws IOException {
    TensorProto.Builder described =
        TensorProto.newBuilder().setName(name).setDataType(ElementType.FLOAT.number());
    for (long length : parameter.shape()) {
      described.addDims(length);
    }
    FloatValues values = new FloatValues(parameter);
    return weights.keep(described.build(), values.bytes(), values);
  }

  private static ModelProto.Builder model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("flamingo-live")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
        .setGraph(graph);
  }

  /** Returns a model of a graph that multiplies with weights in few bits. */
  private static ModelProto quantized(GraphProto.Builder graph) {
    return model(graph)
        .addOpsetImport(
            OperatorSetIdProto.newBuilder().setDomain(QuantizedMatrix.DOMAIN).setVersion(1))
        .build();
  }

  /** Returns a model of nothing but a product with a weight. */
  static ModelProto product(QuantizedMatrix matrix, List<TensorProto> encoded) {
    OnnxGraph alone = new OnnxGraph("product");
    OnnxTensor x = alone.input("x", ElementType.FLOAT, 1, matrix.inputs());
    alone.output("y", alone.product(x, matrix));
    return quantized(alone.toProto().toBuilder().addAllInitializer(encoded));
  }
}
