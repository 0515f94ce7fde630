package dev.flamingo.ingest.video;

/**
 * Distinguishes a recording from a camera by what it does, where nothing else does: a recording
 * arrives as fast as it is read, a camera in real time after a burst of what it had kept for a new
 * viewer.
 */
final class ArrivalRate {

  private static final long SECOND = 1_000_000_000;

  /** No camera keeps so much for a new viewer. */
  private static final long LONGEST_BURST = 30 * SECOND;

  private static final long SHORTEST_RECORDING = 2 * SECOND;
  private static final long REAL_TIME = 10 * SECOND;

  private final long began;
  private long previous = Long.MIN_VALUE;
  private long shown;
  private long now;

  /**
   * Begins to measure.
   *
   * @param began nanoseconds, from any origin
   */
  ArrivalRate(long began) {
    this.began = began;
    this.now = began;
  }

  /**
   * A packet has come.
   *
   * @param micros its time in the stream, in microseconds; what jumps is left out
   * @param nanos the moment
   */
  void offer(long micros, long nanos) {
    now = nanos;
    long step = (micros - previous) * 1000;
    if (previous != Long.MIN_VALUE && step > 0 && step < 10 * SECOND) {
      shown += step;
    }
    previous = micros;
  }

  /** More has come than a camera can have. */
  boolean isRecording() {
    return shown - (now - began) > LONGEST_BURST;
  }

  /** What has ended came much faster than it can have been filmed. */
  boolean wasRecording() {
    return shown > SHORTEST_RECORDING && shown / 4 > now - began;
  }

  /** It comes in real time. */
  boolean isCamera() {
    return now - began > REAL_TIME && !isRecording();
  }
}
