package dev.flamingo.model.serving;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The calls into ONNX Runtime that are under way in this process. When the JVM ends, no new one
 * begins and those under way end first: the native library's own end would pull the ground from
 * under them. A thread that would begin a call by then waits for the end of the process instead of
 * failing, so that no answer fails of it.
 */
final class NativeCalls {

  private static final Duration LONGEST = Duration.ofSeconds(5);
  // The status of a process that was asked to end.
  private static final int TERMINATED = 143;

  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();

  /** Holds the end of the JVM back until it is closed. */
  interface Call extends AutoCloseable {
    @Override
    void close();
  }

  /** Begins a call; by the thread that ends it. */
  Call begin() {
    gate.readLock().lock();
    return gate.readLock()::unlock;
  }

  /**
   * Lets no further call begin, and waits for those under way.
   *
   * @return whether they have ended in time
   */
  boolean shut(Duration longest) throws InterruptedException {
    return gate.writeLock().tryLock(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What a process does with its calls when it ends. */
  void shutWithProcess() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::shutOrHalt, "onnxruntime-end"));
  }

  private void shutOrHalt() {
    try {
      if (shut(LONGEST)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The library must not be taken down beneath a call, which takes long: halting leaves it be.
    Runtime.getRuntime().halt(TERMINATED);
  }
}
