package dev.flamingo.ingest;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling up to a cap, and each time somewhere in the
 * upper half of that, so that cameras lost together do not come back together.
 */
final class Backoff {

  private final Duration first;
  private final Duration cap;
  private final RandomGenerator random;
  private Duration bound;

  /**
   * Starts small.
   *
   * @param first bound of the first wait
   * @param cap bound of every wait
   * @param random chooses within the bounds
   */
  Backoff(Duration first, Duration cap, RandomGenerator random) {
    this.first = first;
    this.cap = cap;
    this.random = random;
    this.bound = first;
  }

  /**
   * A slower one, for what must be tried rarely.
   *
   * @param firstTimes how many times as long the first wait is
   * @param capTimes how many times as long the longest wait is
   */
  Backoff slower(int firstTimes, int capTimes) {
    return new Backoff(first.multipliedBy(firstTimes), cap.multipliedBy(capTimes), random);
  }

  /** The next wait, between half its bound and its bound. */
  Duration next() {
    long half = bound.toMillis() / 2;
    bound = bound.multipliedBy(2).compareTo(cap) < 0 ? bound.multipliedBy(2) : cap;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }

  /** The next wait is a first one. */
  void reset() {
    bound = first;
  }

  /**
   * It worked for some time: the next wait is a first one if that was longer than the wait would
   * be. What works for a moment only must not be opened every moment.
   */
  void worked(Duration time) {
    if (time.compareTo(bound) >= 0) {
      reset();
    }
  }
}
