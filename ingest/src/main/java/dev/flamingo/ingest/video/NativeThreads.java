package dev.flamingo.ingest.video;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts the threads that may hang in native code for ever, and gives up on those that do. A thread
 * given up costs its memory and its socket, so past a bound no new one is started: a process in
 * that state wants a restart.
 */
final class NativeThreads {

  private final int maxAbandoned;
  private final Duration patience;
  // FFmpeg counts on the stack of a native thread; Java's megabyte is too little for some decoders.
  private static final long STACK_BYTES = 8L << 20;

  private final Set<Thread> abandoned = ConcurrentHashMap.newKeySet();

  /**
   * Sets the bounds.
   *
   * @param maxAbandoned how many hanging threads are borne
   * @param patience how long a thread may take to stop
   */
  NativeThreads(int maxAbandoned, Duration patience) {
    this.maxAbandoned = maxAbandoned;
    this.patience = patience;
  }

  /**
   * Starts work on a thread of its own.
   *
   * @throws VideoException if too many earlier ones still hang
   */
  Thread start(String name, Runnable work) {
    if (hanging() >= maxAbandoned) {
      throw new VideoException(
          "%d video readers hang in native code; restart this process".formatted(maxAbandoned));
    }
    Thread thread = new Thread(/* group= */ null, work, name, STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Waits for a thread that was told to stop, within bounds. Keeps the caller's interrupt. */
  void awaitEnd(Thread thread) {
    boolean interrupted = false;
    long until = System.nanoTime() + patience.toNanos();
    while (thread.isAlive() && until - System.nanoTime() > 0) {
      try {
        thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (thread.isAlive()) {
      abandoned.add(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many threads that were given up still hang. */
  int hanging() {
    abandoned.removeIf(thread -> !thread.isAlive());
    return abandoned.size();
  }
}
