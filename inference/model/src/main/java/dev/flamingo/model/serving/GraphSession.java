package dev.flamingo.model.serving;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.onnxruntime.engine.OrtNDArray;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.Map;

/** One loaded graph. Runs may overlap. */
final class GraphSession implements AutoCloseable {

  private final Model model;
  private final EngineOptions options;
  private final ParameterStore noParameters;

  private GraphSession(Model model, EngineOptions options) {
    this.model = model;
    this.options = options;
    this.noParameters = new ParameterStore(model.getNDManager(), /* copy= */ false);
  }

  static GraphSession load(Path file, EngineOptions options) throws IOException {
    OnnxRuntimeStart.ensure();
    Model model = Model.newInstance(file.getFileName().toString(), OnnxRuntimeStart.ENGINE);
    try (OrtSession.SessionOptions session = new OrtSession.SessionOptions()) {
      session.setIntraOpNumThreads(options.threads());
      session.setInterOpNumThreads(1);
      // Its warnings speak of weights that a graph names and does not use, one line each.
      session.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      session.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.device().use(session, file.resolveSibling("plans").toAbsolutePath());
      model.load(
          file.toAbsolutePath().getParent(),
          file.getFileName().toString(),
          Map.of("sessionOptions", session));
      return new GraphSession(model, options);
    } catch (MalformedModelException | OrtException e) {
      model.close();
      throw new IOException(
          "%s cannot be loaded: delete it, so that it is derived again".formatted(file), e);
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Returns a manager for the tensors of one run or of several that belong together. */
  NDManager newManager() {
    return model.getNDManager().newSubManager();
  }

  /** Runs the graph on named inputs; the outputs belong to the manager of the first. */
  NDList run(NDList inputs) {
    try {
      return model.getBlock().forward(noParameters, inputs, /* training= */ false);
    } catch (RuntimeException e) {
      if (options.device().isLostBy(e)) {
        options.deviceLost().accept(e);
      }
      throw e;
    }
  }

  static NDArray tensor(NDManager manager, String name, float[] values, long... shape) {
    NDArray tensor = manager.create(values, new Shape(shape));
    tensor.setName(name);
    return tensor;
  }

  /** The same without a copy, for values in a buffer of {@link #buffer}. */
  static NDArray tensor(NDManager manager, String name, FloatBuffer values, long... shape) {
    NDArray tensor = manager.create(values, new Shape(shape));
    tensor.setName(name);
    return tensor;
  }

  static NDArray tensor(NDManager manager, String name, long[] values, long... shape) {
    NDArray tensor = manager.create(values, new Shape(shape));
    tensor.setName(name);
    return tensor;
  }

  /**
   * Returns zeroes outside the heap, which a graph reads where they lie.
   *
   * @throws ArithmeticException if they are more than 2 GB
   */
  static FloatBuffer buffer(long size) {
    return ByteBuffer.allocateDirect(Math.toIntExact(size * Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  static NDArray tensor(NDManager manager, String name, int[] values, long... shape) {
    NDArray tensor = manager.create(values, new Shape(shape));
    tensor.setName(name);
    return tensor;
  }

  /** Returns the whole numbers of an output of 32 bits. */
  static IntBuffer integers(NDArray output) {
    return ((OrtNDArray) output).getTensor().getIntBuffer();
  }

  /** Returns the values of an output; the detour through a byte array would be ten times slower. */
  static FloatBuffer values(NDArray output) {
    return ((OrtNDArray) output).getTensor().getFloatBuffer();
  }

  @Override
  public void close() {
    model.close();
  }
}
