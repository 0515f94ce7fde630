package dev.flamingo.job.answer;

/**
 * A window that is kept, without what it shows.
 *
 * @param frames when its frames were captured, oldest first, milliseconds since 1970
 * @param history whether it is one of the windows that do not overlap
 */
record WindowSpan(long[] frames, boolean history) {

  /** A frame stands for the second that it begins. */
  private static final long FRAME_MILLIS = 1_000;

  /** Returns when its first frame was captured. */
  long from() {
    return frames[0];
  }

  /** Returns when its last frame was captured. */
  long to() {
    return frames[frames.length - 1];
  }

  boolean contains(long moment) {
    return from() <= moment && moment < to() + FRAME_MILLIS;
  }

  /** Returns the milliseconds that it has in common with a range, whose ends belong to it. */
  long overlap(long first, long last) {
    return Math.max(0, Math.min(last, to() + FRAME_MILLIS - 1) - Math.max(first, from()) + 1);
  }
}
