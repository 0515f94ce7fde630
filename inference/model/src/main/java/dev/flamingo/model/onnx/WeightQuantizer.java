package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Replaces products with the transposed weights of linear layers, the logits among them, also in
 * the bodies of loops. All else stays in floating point: norms, gates, kernels, the table of
 * embeddings, and widths that a quantisation does not take.
 */
final class WeightQuantizer {

  private final GraphProto whole;
  private final Quantization quantization;
  private final Map<String, TensorProto> transposed = new HashMap<>();
  private final Map<String, QuantizedMatrix> quantized = new LinkedHashMap<>();

  /** Prepares to replace products of a graph. */
  WeightQuantizer(GraphProto whole, Quantization quantization) {
    this.whole = whole;
    this.quantization = quantization;
    Map<String, TensorProto> matrices =
        whole.getInitializerList().stream()
            .filter(this::isTaken)
            .collect(Collectors.toMap(TensorProto::getName, matrix -> matrix));
    for (NodeProto node : whole.getNodeList()) {
      TensorProto matrix =
          node.getOpType().equals("Transpose") ? matrices.get(node.getInput(0)) : null;
      if (matrix != null) {
        transposed.put(node.getOutput(0), matrix);
      }
    }
  }

  private boolean isTaken(TensorProto initializer) {
    return initializer.getDataType() == ElementType.FLOAT.number()
        && initializer.getDimsCount() == 2
        && quantization.takes(initializer.getDims(1));
  }

  /** Returns the graph's model with quantised weights, and without those that nothing reads now. */
  ModelProto quantize(ModelProto model) {
    List<NodeProto> nodes = whole.getNodeList().stream().map(this::quantized).toList();
    Set<String> read = OnnxGraph.readBy(nodes);
    List<NodeProto> left =
        nodes.stream()
            .filter(
                node ->
                    !transposed.containsKey(node.getOutput(0)) || read.contains(node.getOutput(0)))
            .toList();
    Predicate<String> stillRead = OnnxGraph.readBy(left)::contains;
    GraphProto.Builder lean = whole.toBuilder().clearNode().clearInitializer().addAllNode(left);
    whole.getInitializerList().stream()
        .filter(initializer -> stillRead.test(initializer.getName()))
        .forEach(lean::addInitializer);
    quantized.values().forEach(matrix -> lean.addAllInitializer(matrix.initializers()));
    return model.toBuilder()
        .setGraph(lean)
        .addOpsetImport(
            OperatorSetIdProto.newBuilder().setDomain(QuantizedMatrix.DOMAIN).setVersion(1))
        .build();
  }

  private NodeProto quantized(NodeProto node) {
    if (node.getOpType().equals("MatMul")) {
      TensorProto weight = transposed.get(node.getInput(1));
      return weight == null ? node : matrix(weight).product(node);
    }
    if (node.getAttributeList().stream().noneMatch(AttributeProto::hasG)) {
      return node;
    }
    NodeProto.Builder around = node.toBuilder();
    for (AttributeProto.Builder attribute : around.getAttributeBuilderList()) {
      if (attribute.hasG()) {
        GraphProto body = attribute.getG();
        attribute.setG(
            body.toBuilder()
                .clearNode()
                .addAllNode(body.getNodeList().stream().map(this::quantized).toList()));
      }
    }
    return around.build();
  }

  private QuantizedMatrix matrix(TensorProto weight) {
    // A prompt's reading and a loop's body share it.
    return quantized.computeIfAbsent(weight.getName(), name -> matrix(name, weight));
  }

  private QuantizedMatrix matrix(String name, TensorProto weight) {
    FloatBuffer values =
        weight.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    return quantization.quantize(
        name, values, Math.toIntExact(weight.getDims(0)), Math.toIntExact(weight.getDims(1)));
  }
}
