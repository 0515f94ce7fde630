package dev.flamingo.model.serving;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The type and shape of every value in a graph, as ONNX Runtime infers them. */
final class InferredTypes {

  private final ModelProto model;
  private final Map<String, Type> types = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();

  /**
   * What is known of a value.
   *
   * @param element the number of its element type in ONNX's TensorProto
   * @param shape its lengths, -1 for those that vary
   */
  record Type(int element, List<Long> shape) {

    static Type of(TensorInfo info) {
      return new Type(number(info.type), Arrays.stream(info.getShape()).boxed().toList());
    }

    // ONNX Runtime counts types in another order.
    private static int number(OnnxJavaType type) {
      return switch (type) {
        case FLOAT -> TensorProto.DataType.FLOAT_VALUE;
        case DOUBLE -> TensorProto.DataType.DOUBLE_VALUE;
        case FLOAT16 -> TensorProto.DataType.FLOAT16_VALUE;
        case INT8 -> TensorProto.DataType.INT8_VALUE;
        case UINT8 -> TensorProto.DataType.UINT8_VALUE;
        case INT32 -> TensorProto.DataType.INT32_VALUE;
        case INT64 -> TensorProto.DataType.INT64_VALUE;
        case BOOL -> TensorProto.DataType.BOOL_VALUE;
        default -> TensorProto.DataType.UNDEFINED_VALUE;
      };
    }

    boolean isStatic() {
      return shape.stream().allMatch(length -> length >= 0);
    }

    private ValueInfoProto named(String name) {
      TensorShapeProto.Builder lengths = TensorShapeProto.newBuilder();
      for (long length : shape) {
        TensorShapeProto.Dimension.Builder dimension = lengths.addDimBuilder();
        if (length >= 0) {
          dimension.setDimValue(length);
        }
      }
      TypeProto.Tensor.Builder tensor =
          TypeProto.Tensor.newBuilder().setElemType(element).setShape(lengths);
      return ValueInfoProto.newBuilder()
          .setName(name)
          .setType(TypeProto.newBuilder().setTensorType(tensor))
          .build();
    }
  }

  private InferredTypes(ModelProto model) {
    this.model = model;
  }

  /**
   * Infers the types of a model's outermost graph.
   *
   * @throws OrtException if ONNX Runtime does not take it
   */
  static InferredTypes of(ModelProto model) throws OrtException {
    OnnxRuntimeStart.ensure();
    InferredTypes inferred = new InferredTypes(model);
    inferred.infer(model.getGraph());
    return inferred;
  }

  /**
   * Infers the types in a graph inside this one, which may read all that stands around it.
   *
   * @throws OrtException if ONNX Runtime does not take it
   */
  InferredTypes within(GraphProto inner) throws OrtException {
    GraphProto.Builder alone = inner.toBuilder().addAllInitializer(constants.values());
    types.forEach(
        (name, type) -> {
          if (!constants.containsKey(name)) {
            alone.addInput(type.named(name));
          }
        });
    InferredTypes inferred = new InferredTypes(model);
    inferred.infer(alone.build());
    return inferred;
  }

  /** Returns the type of a value; null for one that is left out or no tensor. */
  @Nullable Type get(String name) {
    return types.get(name);
  }

  /** Returns a value that never changes; null for others. */
  @Nullable TensorProto constant(String name) {
    return constants.get(name);
  }

  /** Returns whether a parameter's values are in the graph itself, and not beside it. */
  static boolean isHeld(TensorProto parameter) {
    return parameter.getDataLocation() != TensorProto.DataLocation.EXTERNAL;
  }

  private void infer(GraphProto graph) throws OrtException {
    // Types are reported of inputs and outputs alone.
    GraphProto.Builder telling = graph.toBuilder().clearInitializer().clearOutput();
    for (TensorProto constant : graph.getInitializerList()) {
      Type type = new Type(constant.getDataType(), constant.getDimsList());
      types.put(constant.getName(), type);
      if (isHeld(constant)) {
        constants.put(constant.getName(), constant);
        telling.addInitializer(constant);
      } else {
        telling.addInput(type.named(constant.getName()));
      }
    }
    for (NodeProto node : graph.getNodeList()) {
      for (String output : node.getOutputList()) {
        telling.addOutput(ValueInfoProto.newBuilder().setName(output));
      }
    }
    byte[] bytes = model.toBuilder().setGraph(telling).build().toByteArray();
    try (NativeCalls.Call call = OnnxRuntimeStart.call();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      options.setIntraOpNumThreads(1);
      // It warns of every parameter that only another graph reads.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      try (OrtSession session = OrtEnvironment.getEnvironment().createSession(bytes, options)) {
        add(session.getInputInfo());
        add(session.getOutputInfo());
      }
    }
  }

  private void add(Map<String, NodeInfo> infos) {
    infos.forEach(
        (name, info) -> {
          if (info.getInfo() instanceof TensorInfo tensor) {
            types.put(name, Type.of(tensor));
          }
        });
  }
}
