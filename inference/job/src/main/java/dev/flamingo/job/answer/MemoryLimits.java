package dev.flamingo.job.answer;

import dev.flamingo.settings.Setting;
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
public record MemoryLimits(
    @Setting("the longest window in frames, as the model was trained") int windowFrames,
    @Setting("how long the sliding windows of a stream are kept") Duration recent,
    @Setting("how long its history windows are kept") Duration history,
    @Setting(value = "the most visual tokens of a stream", bytes = true) long bytes)
    implements Serializable {

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if nothing could be remembered
   */
  public MemoryLimits {
    if (windowFrames < 1) {
      throw new IllegalArgumentException(
          "a window of %d frames: take at least 1".formatted(windowFrames));
    }
    if (recent.toSeconds() < windowFrames) {
      throw new IllegalArgumentException(
          "windows kept for %d s are shorter than one of %d frames"
              .formatted(recent.toSeconds(), windowFrames));
    }
    if (history.isNegative()) {
      throw new IllegalArgumentException("a history of %s is negative".formatted(history));
    }
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "%d bytes of visual tokens: allow at least one window".formatted(bytes));
    }
  }

  /** Eight frames, a minute of sliding windows, a quarter of an hour of history, 64 MiB. */
  public static final MemoryLimits DEFAULT =
      new MemoryLimits(8, Duration.ofMinutes(1), Duration.ofMinutes(15), 64L << 20);

  /** Returns how long something is kept of a stream that has ended. */
  public Duration kept() {
    return history.plus(recent);
  }
}
