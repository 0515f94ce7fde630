package dev.flamingo.job.answer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which frames of a stream are seen together: up to a window's number of them, without a gap as
 * long as a window. Times are milliseconds since 1970.
 *
 * @param times when the frames were captured that are remembered, oldest first
 * @param forgotten when the last one before them was captured; null if there was none
 * @param size the longest window in frames
 */
record FrameTimes(long[] times, @Nullable Long forgotten, int size) {

  private static final long FRAME_MILLIS = 1_000;

  /** Returns whether the frame at a place is seen together with the one before it. */
  boolean continues(int place) {
    Long before = place == 0 ? forgotten : (Long) times[place - 1];
    return before != null && times[place] - before <= size * FRAME_MILLIS;
  }

  /** Returns the frames of the window that ends at a place; null where some are forgotten. */
  long @Nullable [] window(int last) {
    int first = last;
    while (last - first + 1 < size && continues(first)) {
      if (first == 0) {
        return null;
      }
      first--;
    }
    return Arrays.copyOfRange(times, first, last + 1);
  }
}
