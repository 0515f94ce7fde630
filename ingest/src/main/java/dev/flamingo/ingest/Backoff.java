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

  /** The next wait, between half its bound and its bound. */
  Duration next() {
    long half = bound.toMillis() / 2;
    bound = bound.multipliedBy(2).compareTo(cap) < 0 ? bound.multipliedBy(2) : cap;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }

  /** It works again: the next wait is a first one. */
  void reset() {
    bound = first;
  }
}
