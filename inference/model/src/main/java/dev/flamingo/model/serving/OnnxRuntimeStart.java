package dev.flamingo.model.serving;

import ai.djl.engine.Engine;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Brings DJL's ONNX Runtime up wherever it runs: in a service, a test or a Flink task. */
final class OnnxRuntimeStart {

  static final String ENGINE = "OnnxRuntime";

  private static final String NO_SECOND_ENGINE = "ai.djl.onnx.disable_alternative";
  private static final long STACK_BYTES = 64L << 20;

  private OnnxRuntimeStart() {}

  /** Starts the engine if nobody has; costs nothing afterwards. */
  static void ensure() {
    // Otherwise DJL looks for PyTorch, and downloads it, for operations that are not used here.
    System.setProperty(NO_SECOND_ENGINE, "true");
    // The native library matches the process's command line against a regular expression, and
    // recurses for each character: a Flink task manager's class path would overflow a task's stack.
    FutureTask<Engine> start = new FutureTask<>(() -> Engine.getEngine(ENGINE));
    new Thread(null, start, "onnxruntime-start", STACK_BYTES).start();
    try {
      start.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("onnx runtime does not start on this machine", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException("interrupted while onnx runtime started", e);
    }
  }
}
