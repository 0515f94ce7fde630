package dev.flamingo.ingest.video;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Maps a recording's presentation time to capture times: a start plus the presentation time. In
 * real time it also waits for that moment; if whoever takes the pictures kept the recording
 * waiting, the rest of it is captured that much later.
 */
final class PresentationClock {

  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final Clock clock;
  private final boolean realTime;
  private Instant start;

  /**
   * Sets the start.
   *
   * @param clock the wall clock
   * @param start capture time of presentation time 0
   * @param realTime whether to wait for each picture's moment
   */
  PresentationClock(Clock clock, Instant start, boolean realTime) {
    this.clock = clock;
    this.start = start.truncatedTo(ChronoUnit.MILLIS);
    this.realTime = realTime;
  }

  /**
   * Waits, if in real time, until a picture is due.
   *
   * @param micros its presentation time
   * @return its capture time
   */
  Instant await(long micros) throws InterruptedException {
    Instant due = start.plus(micros / 1000, ChronoUnit.MILLIS);
    if (!realTime) {
      return due;
    }
    Duration early = Duration.between(clock.instant(), due);
    if (early.compareTo(TOLERANCE.negated()) < 0) {
      start = start.minus(early).truncatedTo(ChronoUnit.MILLIS);
      return start.plus(micros / 1000, ChronoUnit.MILLIS);
    }
    if (!early.isNegative()) {
      // Rounded up: nothing is captured in the future.
      Thread.sleep(early.toMillis() + 1);
    }
    return due;
  }
}
