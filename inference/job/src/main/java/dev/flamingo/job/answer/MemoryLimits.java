package dev.flamingo.job.answer;

import java.io.Serializable;
import java.time.Duration;

/**
 * What is remembered of a stream.
 *
 * @param windowFrames the longest window in frames
 * @param recent how long sliding windows are kept
 * @param history how long history windows are kept
 * @param bytes the most bytes of a stream: half for its frames' features, half for visual tokens
 */
public record MemoryLimits(int windowFrames, Duration recent, Duration history, long bytes)
    implements Serializable {

  /** Eight frames, a minute of sliding windows, a quarter of an hour of history, 64 MiB. */
  public static final MemoryLimits DEFAULT =
      new MemoryLimits(8, Duration.ofMinutes(1), Duration.ofMinutes(15), 64L << 20);

  /** Returns how long something is kept of a stream that has ended. */
  public Duration kept() {
    return history.plus(recent);
  }
}
