package dev.flamingo.model.serving;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.flamingo.model.onnx.ActivationRange;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at what lies between the least and the greatest value of activations while a graph of one
 * input computes.
 *
 * @param model the graph
 * @param activations names of the values to look at
 */
record Calibration(ModelProto model, Set<String> activations) {

  private static final String LEAST = ".least";
  private static final String MOST = ".most";

  /**
   * Returns the ranges over all inputs, each of which the graph gets alone.
   *
   * @param shape of every input
   */
  Map<String, ActivationRange> over(List<float[]> inputs, long... shape) throws OrtException {
    OnnxRuntimeStart.ensure();
    Map<String, ActivationRange> ranges = new HashMap<>();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (NativeCalls.Call call = OnnxRuntimeStart.call();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      try (OrtSession session = environment.createSession(watched().toByteArray(), options)) {
        String name = session.getInputNames().iterator().next();
        for (float[] input : inputs) {
          try (OnnxTensor tensor =
                  OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
              OrtSession.Result result = session.run(Map.of(name, tensor))) {
            for (String activation : activations) {
              ActivationRange range =
                  new ActivationRange(
                      number(result, activation + LEAST), number(result, activation + MOST));
              ranges.merge(activation, range, ActivationRange::and);
            }
          }
        }
      }
    }
    return ranges;
  }

  private static float number(OrtSession.Result result, String name) {
    return ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer().get(0);
  }

  /** Returns the graph with the least and the greatest values as its outputs. */
  private ModelProto watched() {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
    for (String activation : activations) {
      watch(graph, "ReduceMin", activation, activation + LEAST);
      watch(graph, "ReduceMax", activation, activation + MOST);
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private static void watch(GraphProto.Builder graph, String operator, String of, String output) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(output)
            .addInput(of)
            .addOutput(output)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("keepdims")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(0)));
    graph.addOutput(ValueInfoProto.newBuilder().setName(output));
  }
}
