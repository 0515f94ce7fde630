package dev.flamingo.job.answer;

/**
 * A window that is kept, without what it shows.
 *
 * @param frames when its frames were captured, oldest first, milliseconds since 1970
 * @param featureBytes size of its last frame's features; 0 where they are not kept any longer
 * @param tokenBytes size of its visual tokens; 0 where it is no window of the history
 */
public record WindowSpan(long[] frames, int featureBytes, int tokenBytes) {

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

  /** Returns whether it is one of the windows that do not overlap. */
  boolean history() {
    return tokenBytes > 0;
  }

  /** Returns what is kept for it. */
  long bytes() {
    return (long) featureBytes + tokenBytes;
  }

  /** Returns the same without its last frame's features. */
  WindowSpan withoutFeatures() {
    return new WindowSpan(frames, 0, tokenBytes);
  }

  boolean contains(long moment) {
    return from() <= moment && moment < to() + FRAME_MILLIS;
  }

  /** Returns the milliseconds that it has in common with a range, whose ends belong to it. */
  long overlap(long first, long last) {
    return Math.max(0, Math.min(last, to() + FRAME_MILLIS - 1) - Math.max(first, from()) + 1);
  }
}
