package dev.flamingo.job.video;

/**
 * Which frames a stream's ring holds.
 *
 * @param model name and hash of the model that encoded them
 * @param times when they were captured, oldest first
 * @param written number of frames ever written; frame n lies in slot n modulo the ring's size
 * @param sinceHistory frames since the last history window ended
 */
public record FrameRing(String model, long[] times, long written, int sinceHistory) {

  static final FrameRing EMPTY = new FrameRing("", new long[0], 0, 0);

  /** Returns whether a frame can be seen together with the last one: same model, no long gap. */
  boolean continuesWith(EncodedFrame frame, long longestGap) {
    return times.length == 0
        || (frame.time() - newest() <= longestGap && model.equals(frame.model()));
  }

  long newest() {
    return times[times.length - 1];
  }

  /** Returns the ring after one more frame. */
  FrameRing plus(EncodedFrame frame, int size) {
    int kept = Math.min(times.length, size - 1);
    long[] next = new long[kept + 1];
    System.arraycopy(times, times.length - kept, next, 0, kept);
    next[kept] = frame.time();
    return new FrameRing(frame.model(), next, written + 1, sinceHistory % size + 1);
  }

  /** Returns the ring without its frames. */
  FrameRing emptied() {
    return new FrameRing(model, new long[0], written, 0);
  }

  /** Returns the slot of the frame at a place of {@link #times}. */
  int slot(int place, int size) {
    return (int) ((written - times.length + place) % size);
  }
}
