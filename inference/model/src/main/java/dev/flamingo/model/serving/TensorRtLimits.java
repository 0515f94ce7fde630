package dev.flamingo.model.serving;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.flamingo.model.onnx.TensorRtOperators;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Holds a graph against what TensorRT 8.6 takes as DJL drives it: the operators of {@link
 * TensorRtOperators} on their types, fixed shapes and no 64-bit whole numbers at both ends, and
 * loops that carry the same shape from turn to turn. ONNX Runtime says what type and shape every
 * value has. That TensorRT builds an engine of it is not shown by this.
 */
public final class TensorRtLimits {

  private static final int OPERATOR_SET = 17;
  private static final int MOST_AXES = 8;

  /** How the list names ONNX's element types; the parser reads the wide ones as narrow ones. */
  private static final Map<Integer, String> NAMES =
      Map.of(
          TensorProto.DataType.FLOAT_VALUE, "FP32",
          TensorProto.DataType.DOUBLE_VALUE, "FP32",
          TensorProto.DataType.FLOAT16_VALUE, "FP16",
          TensorProto.DataType.INT8_VALUE, "INT8",
          TensorProto.DataType.INT32_VALUE, "INT32",
          TensorProto.DataType.INT64_VALUE, "INT32",
          TensorProto.DataType.BOOL_VALUE, "BOOL");

  private final TensorRtOperators operators;

  /** Goes by a list of operators. */
  public TensorRtLimits(TensorRtOperators operators) {
    this.operators = operators;
  }

  /**
   * Returns what TensorRT would not take, a sentence each; nothing if it takes the graph.
   *
   * @param onnx a model as ONNX bytes
   */
  public List<String> complaints(byte[] onnx) {
    List<String> complaints = new ArrayList<>();
    try {
      ModelProto model = ModelProto.parseFrom(onnx);
      for (OperatorSetIdProto set : model.getOpsetImportList()) {
        if (!set.getDomain().isEmpty() || set.getVersion() > OPERATOR_SET) {
          complaints.add(
              "operator set '%s' %d is not that of onnx up to %d"
                  .formatted(set.getDomain(), set.getVersion(), OPERATOR_SET));
        }
      }
      InferredTypes types = InferredTypes.of(model);
      ends(model.getGraph(), types, complaints);
      walk(model.getGraph(), types, complaints);
    } catch (InvalidProtocolBufferException | OrtException e) {
      complaints.add("onnx runtime does not read the graph: %s".formatted(e.getMessage()));
    }
    return complaints;
  }

  private static void ends(GraphProto graph, InferredTypes types, List<String> complaints) {
    List<ValueInfoProto> ends = new ArrayList<>(graph.getInputList());
    ends.addAll(graph.getOutputList());
    ends.forEach(end -> fixed(end.getName(), types, complaints));
  }

  /** What enters, leaves or is carried: of a type that TensorRT binds, and of one shape. */
  private static void fixed(String name, InferredTypes types, List<String> complaints) {
    InferredTypes.Type type = types.get(name);
    if (type == null
        || type.element() == TensorProto.DataType.INT64_VALUE
        || type.element() == TensorProto.DataType.DOUBLE_VALUE
        || !NAMES.containsKey(type.element())
        || !type.isStatic()) {
      complaints.add("%s has no fixed shape of a narrow type: %s".formatted(name, type));
    }
  }

  private void walk(GraphProto graph, InferredTypes types, List<String> complaints)
      throws OrtException {
    for (NodeProto node : graph.getNodeList()) {
      operators
          .get(node.getOpType())
          .ifPresentOrElse(
              operator -> check(node, operator, types, complaints),
              () ->
                  complaints.add(
                      "%s: operator %s is not taken".formatted(node.getName(), node.getOpType())));
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          InferredTypes within = types.within(attribute.getG());
          carried(node, attribute.getG(), types, within, complaints);
          walk(attribute.getG(), within, complaints);
        }
      }
    }
  }

  private static void check(
      NodeProto node,
      TensorRtOperators.Operator operator,
      InferredTypes types,
      List<String> complaints) {
    for (String input : node.getInputList()) {
      TensorProto constant = types.constant(input);
      InferredTypes.Type type = types.get(input);
      if (constant != null && constant.getDataType() == TensorProto.DataType.INT64_VALUE) {
        // Shapes, axes and bounds: the parser reads them and gives them to no layer.
        narrow(node, constant, complaints);
      } else if (!input.isEmpty()
          && (type == null || !operator.types().contains(NAMES.getOrDefault(type.element(), "")))) {
        complaints.add(
            "%s: %s is not taken for %s, only %s"
                .formatted(node.getName(), type, input, operator.types()));
      }
      if (type != null && type.shape().size() > MOST_AXES) {
        complaints.add("%s: %s has more than 8 axes".formatted(node.getName(), input));
      }
    }
    if (!isMet(operator.restriction(), node, types)) {
      complaints.add(
          "%s: %s is restricted: %s"
              .formatted(node.getName(), node.getOpType(), operator.restriction()));
    }
  }

  private static void narrow(NodeProto node, TensorProto constant, List<String> complaints) {
    // Values lie in one of two places.
    LongBuffer raw =
        constant.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    List<Long> values = new ArrayList<>(constant.getInt64DataList());
    while (raw.hasRemaining()) {
      values.add(raw.get());
    }
    for (long value : values) {
      if (value != (int) value) {
        complaints.add("%s: %d does not fit 32 bits".formatted(node.getName(), value));
      }
    }
  }

  private static boolean isMet(String restriction, NodeProto node, InferredTypes types) {
    String[] words = restriction.split(" ", -1);
    return switch (words[0]) {
      case "" -> true;
      case "constant" -> {
        int input = Integer.parseInt(words[1]);
        yield node.getInputCount() <= input || types.constant(node.getInput(input)) != null;
      }
      case "rank" -> {
        int axes = Objects.requireNonNull(types.get(node.getInput(0))).shape().size();
        yield axes >= Integer.parseInt(words[1]) && axes <= Integer.parseInt(words[3]);
      }
      default -> false;
    };
  }

  /** What a loop carries is, at the start and after every turn, what its body says that it is. */
  private static void carried(
      NodeProto node,
      GraphProto body,
      InferredTypes around,
      InferredTypes within,
      List<String> complaints) {
    int before = 2;
    for (int i = before; i < node.getInputCount(); i++) {
      String name = body.getInput(i).getName();
      String next = body.getOutput(i - before + 1).getName();
      fixed(name, within, complaints);
      if (!Objects.equals(around.get(node.getInput(i)), within.get(name))
          || !Objects.equals(within.get(next), within.get(name))) {
        complaints.add(
            "%s: %s changes from %s by way of %s to %s"
                .formatted(
                    node.getName(),
                    name,
                    around.get(node.getInput(i)),
                    within.get(name),
                    within.get(next)));
      }
    }
  }
}
