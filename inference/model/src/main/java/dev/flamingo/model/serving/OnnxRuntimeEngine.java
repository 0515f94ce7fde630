package dev.flamingo.model.serving;

import ai.djl.util.cuda.CudaUtils;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * ONNX Runtime on one of its providers.
 *
 * @param provider what it computes by
 * @param setup adds the provider to a session
 * @param libraries what has to be on the machine beside the driver
 */
record OnnxRuntimeEngine(OrtProvider provider, Setup setup, String libraries)
    implements GraphEngine {

  /** The processor, which is there by itself. */
  static final OnnxRuntimeEngine CPU =
      new OnnxRuntimeEngine(OrtProvider.CPU, (session, plans) -> {}, "nothing");

  /** CUDA; what it has no kernel for, the processor computes. */
  static final OnnxRuntimeEngine CUDA =
      new OnnxRuntimeEngine(
          OrtProvider.CUDA, (session, plans) -> session.addCUDA(0), "cuda 12 and cudnn 9");

  /** TensorRT; what it does not take, CUDA computes. */
  static final OnnxRuntimeEngine TENSORRT =
      new OnnxRuntimeEngine(
          OrtProvider.TENSOR_RT,
          OnnxRuntimeEngine::addTensorRt,
          "cuda 12, cudnn 9 and tensorrt 10");

  /** Adds a provider to a session. */
  interface Setup {

    /**
     * Adds it.
     *
     * @param plans folder for what TensorRT builds of graphs, once for every GPU
     * @throws OrtException if it does not start
     */
    void add(OrtSession.SessionOptions session, Path plans) throws OrtException;
  }

  private static void addTensorRt(OrtSession.SessionOptions session, Path plans)
      throws OrtException {
    try (OrtTensorRTProviderOptions options = new OrtTensorRTProviderOptions(0)) {
      options.add("trt_engine_cache_enable", "1");
      options.add("trt_engine_cache_path", plans.toString());
      session.addTensorrt(options);
    }
    session.addCUDA(0);
  }

  @Override
  public Optional<String> missing() {
    if (provider == OrtProvider.CPU) {
      return Optional.empty();
    }
    try {
      OnnxRuntimeStart.ensure();
      if (!OrtEnvironment.getAvailableProviders().contains(provider)) {
        return Optional.of(
            "this build of onnx runtime knows no %s: build with mvn -Pgpu".formatted(label()));
      }
      if (CudaUtils.getGpuCount() == 0) {
        return Optional.of(
            "no nvidia gpu is found: install nvidia's driver, and start with deploy/flamingo, which"
                + " brings cuda 12");
      }
      try (OrtSession.SessionOptions trial = new OrtSession.SessionOptions()) {
        setup.add(trial, Path.of("plans"));
      }
      return Optional.empty();
    } catch (OrtException | LinkageError e) {
      return Optional.of(unusable(e));
    }
  }

  /**
   * Makes a session compute on it.
   *
   * @param plans folder for what TensorRT builds of graphs, once for every GPU
   * @throws DeviceException if it cannot
   */
  void use(OrtSession.SessionOptions session, Path plans) throws DeviceException {
    try {
      setup.add(session, plans);
    } catch (OrtException | LinkageError e) {
      throw new DeviceException(unusable(e), e);
    }
  }

  @Override
  public boolean fixed() {
    return false;
  }

  @Override
  public GraphLoader loader(EngineOptions options) {
    return new Loader(options, this);
  }

  private record Loader(EngineOptions options, OnnxRuntimeEngine engine) implements GraphLoader {

    @Override
    public GraphSession load(Path file) throws IOException {
      return OnnxRuntimeSession.load(file, options, engine, Map.of());
    }

    @Override
    public GraphSession loadMapped(Path file) throws IOException {
      return OnnxRuntimeSession.load(
          file, options, engine, Map.of("session.disable_prepacking", "1"));
    }
  }

  private String unusable(Throwable cause) {
    return "%s does not start (%s): install %s".formatted(label(), cause.getMessage(), libraries);
  }

  private String label() {
    return provider == OrtProvider.TENSOR_RT
        ? "tensorrt"
        : provider.name().toLowerCase(Locale.ROOT);
  }
}
