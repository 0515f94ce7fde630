package dev.flamingo.ingest.video;

/**
 * Finds out whether what is read as a camera is one, and remembers it for later openings. Confined
 * to one thread.
 */
final class LivenessCheck {

  private final SourceHistory history;
  private final ArrivalRate rate;
  private boolean sure;

  /**
   * Begins to look.
   *
   * @param sure whether it is known to be a camera
   */
  LivenessCheck(SourceHistory history, ArrivalRate rate, boolean sure) {
    this.history = history;
    this.rate = rate;
    this.sure = sure;
  }

  /**
   * A picture has come.
   *
   * @param micros its presentation time
   * @return whether the source is a recording after all
   */
  boolean isRecording(long micros) {
    if (sure) {
      return false;
    }
    rate.offer(micros, System.nanoTime());
    if (rate.isCamera()) {
      history.live();
      sure = true;
    }
    return rate.isRecording();
  }

  /** Whether the source, which has ended, was a recording. */
  boolean wasRecording() {
    return !sure && rate.wasRecording();
  }
}
