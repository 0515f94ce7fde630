package dev.flamingo.model.onnx;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs a graph once in ONNX Runtime. */
final class OnnxRun implements AutoCloseable {

  private final OrtEnvironment environment;
  private final OrtSession session;

  OnnxRun(byte[] graph) throws OrtException {
    // There is one environment in a process, and DJL insists on making it.
    Engine.getEngine("OnnxRuntime");
    environment = OrtEnvironment.getEnvironment();
    session = environment.createSession(graph);
  }

  Map<String, float[]> run(Map<String, NDArray> inputs) throws OrtException {
    Map<String, OnnxTensorLike> tensors = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, NDArray> input : inputs.entrySet()) {
        tensors.put(input.getKey(), tensor(input.getValue()));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
          FloatBuffer values = ((ai.onnxruntime.OnnxTensor) output.getValue()).getFloatBuffer();
          float[] copy = new float[values.remaining()];
          values.get(copy);
          outputs.put(output.getKey(), copy);
        }
        return outputs;
      }
    } finally {
      tensors.values().forEach(OnnxTensorLike::close);
    }
  }

  private OnnxTensorLike tensor(NDArray array) throws OrtException {
    long[] shape = array.getShape().getShape();
    return switch (array.getDataType()) {
      case INT64 ->
          ai.onnxruntime.OnnxTensor.createTensor(
              environment, LongBuffer.wrap(array.toLongArray()), shape);
      default ->
          ai.onnxruntime.OnnxTensor.createTensor(
              environment, FloatBuffer.wrap(array.toFloatArray()), shape);
    };
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
