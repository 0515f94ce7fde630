package dev.flamingo.model.serving;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.FlamingoGraphs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A static graph in which everything that depends on nothing but values within it is already
 * computed: shapes, and where it holds its parameters standardised kernels. TensorRT takes no
 * kernels of a convolution that are the result of other nodes.
 *
 * @param graph the graph as it is written
 */
record FoldedGraph(DerivedGraph graph) implements DerivedGraph {

  @Override
  public String fileName() {
    return graph.fileName();
  }

  @Override
  public byte[] write(FlamingoGraphs graphs) {
    try {
      return fold(StaticShapes.in(ModelProto.parseFrom(graph.write(graphs)))).toByteArray();
    } catch (InvalidProtocolBufferException | OrtException e) {
      throw new IllegalStateException(
          "onnx runtime does not compute the constants of %s".formatted(fileName()), e);
    }
  }

  private static ModelProto fold(ModelProto model) throws OrtException {
    GraphProto whole = model.getGraph();
    Set<String> constants = new HashSet<>();
    whole.getInitializerList().stream()
        .filter(InferredTypes::isHeld)
        .forEach(constant -> constants.add(constant.getName()));
    List<NodeProto> foldable = new ArrayList<>();
    GraphProto.Builder rest = whole.toBuilder().clearNode().clearInitializer();
    for (NodeProto node : whole.getNodeList()) {
      if (node.getInputCount() > 0
          && constants.containsAll(node.getInputList())
          && node.getAttributeList().stream().noneMatch(AttributeProto::hasG)) {
        foldable.add(node);
        constants.addAll(node.getOutputList());
      } else {
        rest.addNode(node);
      }
    }
    Set<String> read = new HashSet<>();
    collectRead(rest.getNodeList(), read);
    GraphProto.Builder folded =
        whole.toBuilder()
            .clearInput()
            .clearOutput()
            .clearInitializer()
            .clearNode()
            .addAllNode(foldable);
    whole.getInitializerList().stream()
        .filter(InferredTypes::isHeld)
        .forEach(folded::addInitializer);
    for (NodeProto node : foldable) {
      for (String output : node.getOutputList()) {
        if (read.contains(output)) {
          folded.addOutput(ValueInfoProto.newBuilder().setName(output));
        }
      }
    }
    whole.getInitializerList().stream()
        .filter(constant -> read.contains(constant.getName()))
        .forEach(rest::addInitializer);
    if (folded.getOutputCount() > 0) {
      rest.addAllInitializer(compute(model.toBuilder().setGraph(folded).build()));
    }
    return model.toBuilder().setGraph(rest).build();
  }

  private static void collectRead(List<NodeProto> nodes, Set<String> read) {
    for (NodeProto node : nodes) {
      read.addAll(node.getInputList());
      for (AttributeProto attribute : node.getAttributeList()) {
        collectRead(attribute.getG().getNodeList(), read);
      }
    }
  }

  /** Returns the outputs of a model without inputs. */
  static List<TensorProto> compute(ModelProto model) throws OrtException {
    OnnxRuntimeStart.ensure();
    List<TensorProto> computed = new ArrayList<>();
    try (NativeCalls.Call call = OnnxRuntimeStart.call();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession session = environment.createSession(model.toByteArray(), options);
          OrtSession.Result results = session.run(Map.of())) {
        for (Map.Entry<String, OnnxValue> result : results) {
          computed.add(tensor(result.getKey(), (OnnxTensor) result.getValue()));
        }
      }
    }
    return computed;
  }

  private static TensorProto tensor(String name, OnnxTensor value) {
    InferredTypes.Type type = InferredTypes.Type.of(value.getInfo());
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(type.element())
        .addAllDims(type.shape())
        .setRawData(ByteString.copyFrom(value.getByteBuffer()))
        .build();
  }
}
