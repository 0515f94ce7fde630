package dev.flamingo.ingest.video;

/**
 * Thins a camera's pictures to one per second of the wall clock: seconds count from the first
 * picture, and each takes the first picture in it.
 *
 * <p>A picture that comes a little before its second is taken for it, judged by how far apart
 * pictures are, so that a camera that itself delivers one per second loses none to its jitter.
 */
final class LivePacer {

  private static final long SECOND = 1_000_000;
  private static final long MAX_EARLY = 200_000;

  private boolean started;

  /** Begin of the first second that has no picture yet. */
  private long due;

  private long previous;

  /**
   * Offers a picture.
   *
   * @param now when it was seen, in microseconds of the wall clock
   * @return whether it is taken
   */
  boolean offer(long now) {
    if (!started) {
      started = true;
      due = now;
      previous = now;
    }
    // A clock that was set back takes the seconds with it.
    due -= Math.max(0, previous - now);
    long early = Math.min(MAX_EARLY, Math.max(0, now - previous) / 2);
    previous = now;
    if (now + early < due) {
      return false;
    }
    due += SECOND * (1 + Math.max(0, now - due) / SECOND);
    return true;
  }
}
