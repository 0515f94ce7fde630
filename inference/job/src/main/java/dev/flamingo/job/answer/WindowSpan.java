package dev.flamingo.job.answer;

/**
 * The time that a window covers.
 *
 * @param from when its first frame was captured, milliseconds since 1970
 * @param to when its last frame was captured
 * @param bytes size of its visual tokens
 * @param history whether it is one of the windows that do not overlap
 */
public record WindowSpan(long from, long to, int bytes, boolean history) {

  /** A frame stands for the second that it begins. */
  private static final long FRAME_MILLIS = 1_000;

  boolean contains(long moment) {
    return from <= moment && moment < to + FRAME_MILLIS;
  }

  /** Returns the milliseconds that it has in common with a range, whose ends belong to it. */
  long overlap(long first, long last) {
    return Math.max(0, Math.min(last, to + FRAME_MILLIS - 1) - Math.max(first, from) + 1);
  }
}
