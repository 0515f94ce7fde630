package dev.flamingo.standalone.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.flamingo.model.checkpoint.HostTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * A graph with one input, run by ONNX Runtime itself with the settings that the engine has. ONNX
 * Runtime is started by the engine, so an engine has been opened before.
 *
 * <p>Not thread-safe.
 */
final class LoadedGraph implements AutoCloseable {

  private final OrtSession session;
  private final Deque<OnnxTensor> inputs = new ArrayDeque<>();

  private LoadedGraph(OrtSession session) {
    this.session = session;
  }

  /**
   * Loads a graph.
   *
   * @param onnx the model as ONNX bytes
   * @param threads threads of one operation
   * @throws OrtException if ONNX Runtime refuses it
   */
  static LoadedGraph load(byte[] onnx, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return new LoadedGraph(OrtEnvironment.getEnvironment().createSession(onnx, options));
    }
  }

  /**
   * Returns a task that runs the graph on the same numbers again and again.
   *
   * @param shape of the input, which is filled with small numbers that are not all alike
   * @throws OrtException if there is no memory for the input
   */
  Task on(long... shape) throws OrtException {
    String name = session.getInputNames().iterator().next();
    OnnxTensor input =
        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), numbers(shape), shape);
    inputs.push(input);
    return () -> session.run(Map.of(name, input)).close();
  }

  private static FloatBuffer numbers(long[] shape) {
    int size = HostTensor.size(shape);
    FloatBuffer numbers =
        ByteBuffer.allocateDirect(size * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < size; i++) {
      numbers.put(i, (i % 251) / 251f - 0.5f);
    }
    return numbers;
  }

  @Override
  public void close() throws OrtException {
    while (!inputs.isEmpty()) {
      inputs.pop().close();
    }
    session.close();
  }
}
