package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.flamingo.model.onnx.ElementType;
import dev.flamingo.model.onnx.OnnxGraph;
import dev.flamingo.model.onnx.OnnxTensor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class NativeCallsTest {

  private final NativeCalls calls = new NativeCalls();

  @Test
  void theEndWaitsForTheCallUnderWay() throws Exception {
    CountDownLatch computed = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    Thread call =
        thread(
            () -> {
              try (NativeCalls.Call unused = calls.begin()) {
                begun.countDown();
                computed.await();
              }
            });
    begun.await();
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Thread end = thread(() -> ended.complete(calls.shut(Duration.ofMinutes(1))));
    await().until(() -> end.getState() == Thread.State.TIMED_WAITING);
    assertThat(ended).isNotDone();

    computed.countDown();

    assertThat(ended.get(1, TimeUnit.MINUTES)).isTrue();
    call.join();
  }

  @Test
  void aCallThatTakesTooLongIsReported() throws Exception {
    CountDownLatch computed = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    Thread call =
        thread(
            () -> {
              try (NativeCalls.Call unused = calls.begin()) {
                begun.countDown();
                computed.await();
              }
            });
    begun.await();

    assertThat(calls.shut(Duration.ofMillis(10))).isFalse();

    computed.countDown();
    call.join();
  }

  @Test
  void noCallBeginsAfterTheEnd() throws Exception {
    assertThat(calls.shut(Duration.ZERO)).isTrue();
    AtomicBoolean ran = new AtomicBoolean();
    Thread late =
        thread(
            () -> {
              try (NativeCalls.Call unused = calls.begin()) {
                ran.set(true);
              }
            });

    await().until(() -> late.getState() == Thread.State.WAITING);
    assertThat(ran).isFalse();
  }

  @Test
  void aProcessThatEndsWhileItComputesEndsWithItsOwnStatus() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path"),
                Computing.class.getName())
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(Computing.STATUS);
    } finally {
      process.destroyForcibly();
    }
  }

  private interface Task {
    void run() throws Exception;
  }

  private static Thread thread(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** A process that ends while four threads are in the runtime. */
  static final class Computing {

    static final int STATUS = 7;
    private static final int THREADS = 4;
    private static final int WIDTH = 256;

    private Computing() {}

    public static void main(String[] arguments) throws Exception {
      OnnxRuntimeStart.ensure();
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession session = environment.createSession(square());
      CountDownLatch computing = new CountDownLatch(THREADS);
      for (int i = 0; i < THREADS; i++) {
        thread(() -> compute(environment, session, computing));
      }
      computing.await();
      System.exit(STATUS);
    }

    private static byte[] square() {
      OnnxGraph graph = new OnnxGraph("square");
      OnnxTensor x = graph.input("x", ElementType.FLOAT, WIDTH, WIDTH);
      graph.output("y", x.matmul(x));
      return graph.toBytes();
    }

    private static void compute(
        OrtEnvironment environment, OrtSession session, CountDownLatch computing) throws Exception {
      try (var input =
          ai.onnxruntime.OnnxTensor.createTensor(environment, new float[WIDTH][WIDTH])) {
        while (true) {
          try (NativeCalls.Call unused = OnnxRuntimeStart.call()) {
            session.run(Map.of("x", input)).close();
          }
          computing.countDown();
        }
      }
    }
  }
}
