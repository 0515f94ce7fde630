package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
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
}
