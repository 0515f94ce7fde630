package dev.flamingo.standalone.bench;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/**
 * Takes the time of a task, which is done again and again for a while.
 *
 * @param task the work
 * @param atLeast how long it is repeated; it is done once in any case
 * @param nanoTime nanoseconds since any moment
 */
record Timed(Task task, Duration atLeast, LongSupplier nanoTime) implements Callable<Double> {

  private static final double NANOS = 1e9;

  /** Returns the seconds that the task took once, on average. */
  @Override
  public Double call() throws Exception {
    long start = nanoTime.getAsLong();
    long runs = 0;
    long elapsed;
    do {
      task.run();
      runs++;
      elapsed = nanoTime.getAsLong() - start;
    } while (elapsed < atLeast.toNanos());
    return elapsed / NANOS / runs;
  }
}
