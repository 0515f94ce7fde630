package dev.flamingo.standalone.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Waits for Ctrl-C or a kill. The JVM's own reaction, to run all shutdown hooks at once, is put off
 * until everything is closed: native libraries free themselves in such hooks. It is opened first
 * and closed last. A close that takes too long ends the process at once.
 */
final class ShutdownSignal implements AutoCloseable {

  /** Longest time from the signal to the end. */
  private static final Duration LONGEST = Duration.ofSeconds(9);

  private static final int SIGNALLED = 128;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger first = new AtomicInteger();
  private final List<ProcessSignal> signals;

  ShutdownSignal() {
    signals =
        Stream.of("INT", "TERM", "HUP")
            .map(name -> new ProcessSignal(name, this::receive))
            .toList();
  }

  private void receive(int signal) {
    // One request may come twice: sent to all processes of a group, and passed on by their
    // supervisor.
    if (!first.compareAndSet(0, signal)) {
      return;
    }
    Thread watch = new Thread(this::haltWhenLate, "shutdown-watch");
    watch.setDaemon(true);
    watch.start();
    asked.countDown();
  }

  private void haltWhenLate() {
    try {
      if (!closed.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(SIGNALLED + first.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  /** Returns the status of a process that the signal ended; 0 if none came. */
  int status() {
    return first.get() == 0 ? 0 : SIGNALLED + first.get();
  }

  /** To be called when everything is closed. */
  @Override
  public void close() {
    closed.countDown();
    signals.forEach(ProcessSignal::close);
  }
}
