package dev.flamingo.ingest.video;

/**
 * Thins a camera's pictures to one per second of wall-clock time, whatever the camera says about
 * its own time.
 *
 * <p>Takes the picture nearest to each due moment, judged by how far apart pictures arrive, so that
 * a camera that itself delivers one per second, a little early or late, loses none.
 */
final class LivePacer {

  private static final long SECOND = 1_000_000;
  private static final long MAX_EARLY = 200_000;

  private boolean started;
  private long due;
  private long previous;

  /**
   * Offers the picture received at a moment.
   *
   * @param now microseconds of the wall clock
   * @return whether it is taken
   */
  boolean offer(long now) {
    if (!started) {
      started = true;
      due = now;
      previous = now;
    }
    long early = Math.min(MAX_EARLY, Math.max(0, now - previous) / 2);
    previous = now;
    boolean clockWasSetBack = due - now > SECOND;
    if (now + early < due && !clockWasSetBack) {
      return false;
    }
    boolean lostPace = clockWasSetBack || now - due > SECOND / 2;
    due = (lostPace ? now : due) + SECOND;
    return true;
  }
}
