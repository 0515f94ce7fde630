package dev.flamingo.model.serving;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Brings DJL's ONNX Runtime up wherever it runs: in a service, a test or a Flink task. */
final class OnnxRuntimeStart {

  static final String ENGINE = "OnnxRuntime";

  private static final String NO_SECOND_ENGINE = "ai.djl.onnx.disable_alternative";
  private static final long STACK_BYTES = 64L << 20;

  private OnnxRuntimeStart() {}

  /** Made when the runtime has started, once in a process, as the runtime's own environment is. */
  private static final class Started {

    static final NativeCalls CALLS = new NativeCalls();

    static {
      keepEnvironment();
      CALLS.shutWithProcess();
    }

    /** Loads this class. */
    static void begun() {}
  }

  /** Starts the engine where it has not started yet; costs little afterwards. */
  static void ensure() {
    // Otherwise DJL looks for PyTorch, and downloads it, for operations that are not used here.
    System.setProperty(NO_SECOND_ENGINE, "true");
    // The native library matches the process's command line against a regular expression, and
    // recurses for each character: a Flink task manager's class path would overflow a task's stack.
    FutureTask<Engine> start = new FutureTask<>(() -> Engine.getEngine(ENGINE));
    new Thread(null, start, "onnxruntime-start", STACK_BYTES).start();
    try {
      start.get();
      Started.begun();
    } catch (ExecutionException e) {
      throw new IllegalStateException("onnx runtime does not start on this machine", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException("interrupted while onnx runtime started", e);
    }
  }

  /** Begins a call into the engine, which has started. */
  static NativeCalls.Call call() {
    return Started.CALLS.begin();
  }

  /**
   * Takes a second reference to the native environment, which counts them. The runtime's own
   * shutdown hook drops the first one while other threads are still in it; JVMs run their hooks all
   * at once, so none of ours could come before it. Its Java interface offers no way to keep it.
   */
  private static void keepEnvironment() {
    try {
      Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      Method create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      api.setAccessible(true);
      create.setAccessible(true);
      Object unused =
          create.invoke(
              null,
              api.getLong(null),
              OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(),
              OrtEnvironment.DEFAULT_NAME);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this version of onnx runtime makes its environment in another way: take the one that"
              + " the project names",
          e);
    }
  }
}
