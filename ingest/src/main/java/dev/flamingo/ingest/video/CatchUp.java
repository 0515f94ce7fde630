package dev.flamingo.ingest.video;

/**
 * Finds when a live source has given all that had piled up while it was opened: from then on,
 * reading waits for about as long as what it brings lasts. Times are microseconds.
 */
final class CatchUp {

  private static final long SPAN = 200_000;

  /** A source without a clock has nothing piled up if reading it waits at all. */
  private static final long SOME_WAIT = 100_000;

  /** A source whose clock stands has caught up by then. */
  private static final long LONG_WAIT = 2_000_000;

  private boolean over;
  private boolean started;
  private long fromPresented;
  private long fromWaited;

  /**
   * Looks at the next picture of a source that has a clock.
   *
   * @param presented its presentation time
   * @param waited time spent waiting for data so far
   * @return whether the picture is a fresh one
   */
  boolean isOver(long presented, long waited) {
    if (!started || presented < fromPresented) {
      started = true;
      fromPresented = presented;
      fromWaited = waited;
    }
    long span = presented - fromPresented;
    if (span >= SPAN) {
      over |= 2 * (waited - fromWaited) >= Math.min(span, SPAN * 2);
      fromPresented = presented;
      fromWaited = waited;
    }
    over |= waited >= LONG_WAIT;
    return over;
  }

  /** The same for a source without a clock. */
  boolean isOver(long waited) {
    over |= waited >= SOME_WAIT;
    return over;
  }
}
