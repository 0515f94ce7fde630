package dev.flamingo.model.serving;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a graph asks of its own shapes, answered: where lengths never change, they are constants.
 */
final class StaticShapes {

  private final List<TensorProto> answers = new ArrayList<>();

  private StaticShapes() {}

  /**
   * Returns a model without the nodes that ask for a shape that never changes.
   *
   * @throws OrtException if ONNX Runtime does not take it
   */
  static ModelProto in(ModelProto model) throws OrtException {
    StaticShapes shapes = new StaticShapes();
    GraphProto graph = shapes.without(model.getGraph(), InferredTypes.of(model));
    return model.toBuilder().setGraph(graph.toBuilder().addAllInitializer(shapes.answers)).build();
  }

  private GraphProto without(GraphProto graph, InferredTypes types) throws OrtException {
    GraphProto.Builder rest = graph.toBuilder().clearNode();
    for (NodeProto node : graph.getNodeList()) {
      InferredTypes.Type type = types.get(node.getInputCount() == 0 ? "" : node.getInput(0));
      if (node.getOpType().equals("Shape") && type != null && type.isStatic()) {
        answers.add(answer(node, type.shape()));
      } else {
        rest.addNode(withoutWithin(node, types));
      }
    }
    return rest.build();
  }

  private NodeProto withoutWithin(NodeProto node, InferredTypes types) throws OrtException {
    NodeProto.Builder rest = node.toBuilder();
    for (AttributeProto.Builder attribute : rest.getAttributeBuilderList()) {
      if (attribute.hasG()) {
        attribute.setG(without(attribute.getG(), types.within(attribute.getG())));
      }
    }
    return rest.build();
  }

  private static TensorProto answer(NodeProto node, List<Long> shape) {
    int from = 0;
    int to = shape.size();
    for (AttributeProto attribute : node.getAttributeList()) {
      int axis = Math.toIntExact(attribute.getI());
      int counted = axis < 0 ? axis + shape.size() : axis;
      if (attribute.getName().equals("start")) {
        from = counted;
      } else {
        to = counted;
      }
    }
    return TensorProto.newBuilder()
        .setName(node.getOutput(0))
        .setDataType(TensorProto.DataType.INT64_VALUE)
        .addDims(to - from)
        .addAllInt64Data(shape.subList(from, to))
        .build();
  }
}
