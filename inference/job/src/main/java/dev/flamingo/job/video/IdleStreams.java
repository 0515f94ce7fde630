package dev.flamingo.job.video;

import java.time.Duration;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * When streams are forgotten of which nothing was read for a time: everyone who writes frames makes
 * up names of streams, and not all of them are registered. Timers lie on a grid, so that a stream
 * has a handful of them and sets one only now and then. While the job is down no stream grows old.
 * Times are milliseconds since 1970.
 */
public final class IdleStreams {

  private static final int STEPS = 4;

  private final long kept;
  private final long step;
  private final long openedAt;

  /**
   * Makes one.
   *
   * @param kept how long a stream is remembered of which nothing is read
   * @param openedAt when the operator began
   */
  public IdleStreams(Duration kept, long openedAt) {
    this.openedAt = openedAt;
    this.kept = kept.toMillis();
    step = Math.max(1, this.kept / STEPS);
  }

  private long timer(long seenAt) {
    return Math.floorDiv(seenAt, step) * step + step + kept;
  }

  /**
   * Takes note that something is read of the current stream.
   *
   * @param before when something was read before; null if never
   */
  public void read(@Nullable Long before, TimerService timers) {
    long now = timers.currentProcessingTime();
    if (before == null || Math.floorDiv(before, step) != Math.floorDiv(now, step)) {
      timers.registerProcessingTimeTimer(timer(now));
    }
  }

  /**
   * Returns, when a timer of the current stream fires, whether it is forgotten.
   *
   * @param seenAt when something was read last
   */
  public boolean isForgotten(long seenAt, TimerService timers) {
    long since = Math.max(seenAt, openedAt);
    if (timers.currentProcessingTime() - since >= kept) {
      return true;
    }
    timers.registerProcessingTimeTimer(timer(since));
    return false;
  }
}
