package dev.flamingo.standalone.bench;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Waits for the moments at which something is due. Used from one thread. */
final class Metronome {

  private final LongSupplier nanoTime;
  private final long start;

  /**
   * Begins now.
   *
   * @param nanoTime nanoseconds since any moment
   */
  Metronome(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
  }

  /** Waits until so many nanoseconds have passed since the beginning; not at all if they have. */
  void await(long nanos) {
    long left = nanos - elapsed();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanos - elapsed();
    }
  }

  /** Returns the nanoseconds since the beginning. */
  long elapsed() {
    return nanoTime.getAsLong() - start;
  }
}
