package dev.flamingo.job.video;

import java.time.Duration;

/**
 * Decides which frames come too late to be worth the time of a busy encoder: the oldest, so that
 * what people ask about now is seen now. What was captured before this job began is made up for
 * whole, and what was captured meanwhile at twice its own pace. Used from one thread; times are
 * milliseconds since 1970.
 */
final class LateFrames {

  private static final int MAKES_UP = 2;

  private final long late;
  private final long begun;
  private long backlogRead;

  /**
   * Begins now.
   *
   * @param late how old a frame may be
   * @param now the time
   */
  LateFrames(Duration late, long now) {
    this.late = late.toMillis();
    begun = now;
    backlogRead = now;
  }

  /**
   * Takes a frame, in the order of reading.
   *
   * @return whether it is too late
   */
  boolean isLate(long captured, long now) {
    if (captured < begun) {
      backlogRead = now;
      return false;
    }
    long reached = begun + MAKES_UP * (now - backlogRead);
    return captured < Math.min(now, reached) - late;
  }
}
