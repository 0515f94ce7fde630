package dev.flamingo.standalone.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for Ctrl-C or a kill, and holds the JVM's end back until everything is closed: it is opened
 * first and closed last.
 */
final class ShutdownSignal implements AutoCloseable {

  private static final long LONGEST_SECONDS = 20;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  ShutdownSignal() {
    Thread hook =
        new Thread(
            () -> {
              asked.countDown();
              waitUntilDone();
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Returns whether the end was asked for. */
  boolean asked() {
    return asked.getCount() == 0;
  }

  /** Waits so long; returns whether the end was asked for. */
  boolean asked(Duration longest) throws InterruptedException {
    return asked.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  void await() throws InterruptedException {
    asked.await();
  }

  private void waitUntilDone() {
    try {
      boolean finished = done.await(LONGEST_SECONDS, TimeUnit.SECONDS);
      if (!finished) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that everything is closed. */
  @Override
  public void close() {
    done.countDown();
  }
}
