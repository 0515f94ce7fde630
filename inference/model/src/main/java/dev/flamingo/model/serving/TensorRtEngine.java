package dev.flamingo.model.serving;

import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import java.nio.file.Path;
import java.util.Optional;

/** DJL's TensorRT engine on plans that were built for this machine's GPU. */
final class TensorRtEngine implements GraphEngine {

  @Override
  public Optional<String> missing() {
    if (!Engine.hasEngine(TensorRtStart.ENGINE)) {
      return Optional.of("this build has no tensorrt 8.6: build with mvn -Ptensorrt");
    }
    // Asked first: without a GPU TensorRT ends the process.
    if (CudaUtils.getGpuCount() == 0) {
      return Optional.of(
          "no nvidia gpu is found: install nvidia's driver, and start with deploy/flamingo, which"
              + " brings cuda 12 and tensorrt 8.6");
    }
    try {
      TensorRtStart.ensure();
      return Optional.empty();
    } catch (RuntimeException | LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return Optional.of(
          "tensorrt 8.6 does not start (%s): start with deploy/flamingo, which brings it"
              .formatted(cause.getMessage()));
    }
  }

  @Override
  public boolean fixed() {
    return true;
  }

  @Override
  public GraphLoader loader(EngineOptions options) {
    TensorRtPlans plans = new TensorRtPlans();
    return onnx -> {
      Path plan = plans.of(onnx);
      return PredictorSession.load(plan, TensorRtStart.ENGINE);
    };
  }
}
