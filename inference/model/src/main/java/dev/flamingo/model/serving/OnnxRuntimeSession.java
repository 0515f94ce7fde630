package dev.flamingo.model.serving;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A graph in ONNX Runtime: takes any number of rows. Runs may overlap. */
final class OnnxRuntimeSession implements GraphSession {

  private final Model model;
  private final EngineOptions options;
  private final ParameterStore noParameters;

  private OnnxRuntimeSession(Model model, EngineOptions options) {
    this.model = model;
    this.options = options;
    this.noParameters = new ParameterStore(model.getNDManager(), /* copy= */ false);
  }

  /**
   * Loads a graph.
   *
   * @param settings of the session, beside the usual ones
   * @throws IOException if it cannot be read, or the engine does not start
   */
  static OnnxRuntimeSession load(
      Path file, EngineOptions options, OnnxRuntimeEngine engine, Map<String, String> settings)
      throws IOException {
    OnnxRuntimeStart.ensure();
    Model model = Model.newInstance(file.getFileName().toString(), OnnxRuntimeStart.ENGINE);
    try (NativeCalls.Call call = OnnxRuntimeStart.call();
        OrtSession.SessionOptions session = new OrtSession.SessionOptions()) {
      session.setIntraOpNumThreads(options.threads());
      session.setInterOpNumThreads(1);
      // Its warnings speak of weights that a graph names and does not use, one line each.
      session.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      session.addConfigEntry("session.intra_op.allow_spinning", "0");
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        session.addConfigEntry(setting.getKey(), setting.getValue());
      }
      engine.use(session, file.resolveSibling("plans").toAbsolutePath());
      model.load(
          file.toAbsolutePath().getParent(),
          file.getFileName().toString(),
          Map.of("sessionOptions", session));
      return new OnnxRuntimeSession(model, options);
    } catch (MalformedModelException | OrtException e) {
      model.close();
      throw new IOException(
          "%s cannot be loaded: delete it, so that it is derived again".formatted(file), e);
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public NDManager newManager() {
    return model.getNDManager().newSubManager();
  }

  @Override
  public NDList run(NDList inputs) {
    try (NativeCalls.Call call = OnnxRuntimeStart.call()) {
      return model.getBlock().forward(noParameters, inputs, /* training= */ false);
    } catch (RuntimeException e) {
      if (options.device().isLostBy(e)) {
        options.deviceLost().accept(e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
