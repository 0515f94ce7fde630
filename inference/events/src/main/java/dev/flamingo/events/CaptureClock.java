package dev.flamingo.events;

import java.time.Duration;

/**
 * What the order of a stream's capture times says of the clock that stamped them. A frame that is a
 * little older than the newest was delivered late or twice. One that is much older shows that the
 * clock ran ahead and was put back: the frames with times ahead of it are from before that.
 */
public final class CaptureClock {

  /** More than a writer holds back while Kafka is away; what it sends then is late, not new. */
  static final Duration LONGEST_LATE = Duration.ofMinutes(2);

  private CaptureClock() {}

  /**
   * Returns whether the clock was put back between two frames.
   *
   * @param newest when the newest frame so far was captured, milliseconds since 1970
   * @param captured when the frame was that follows it
   */
  public static boolean wasPutBack(long newest, long captured) {
    return captured < newest - LONGEST_LATE.toMillis();
  }
}
