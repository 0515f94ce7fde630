package dev.flamingo.ingest.video;

import java.time.Duration;

/**
 * When a picture for people is due: at the first frame, and then at every so many seconds of the
 * source's own time. Confined to one thread.
 */
final class Snapshots {

  /** Their width in pixels at most. */
  static final int WIDTH = 640;

  /** Their height in pixels at most: of what is filmed upright. */
  static final int MOST_HEIGHT = 1_280;

  /** Their JPEG quality: about 40 KB at 640 x 360. */
  static final int QUALITY = 80;

  /** Frames come about every second. */
  private static final long TOLERANCE_MICROS = 500_000;

  private final long everyMicros;
  private long last;
  private boolean none = true;

  /**
   * Starts with one that is due at once.
   *
   * @param every time between two; zero for none at all
   */
  Snapshots(Duration every) {
    everyMicros = every.toMillis() * 1_000;
  }

  /** Whether any are wanted. */
  boolean wanted() {
    return everyMicros > 0;
  }

  /** Whether one is due at a time of the source, which may have begun anew. */
  boolean isDue(long micros) {
    return wanted() && (none || micros < last || micros - last >= everyMicros - TOLERANCE_MICROS);
  }

  /** One was delivered. */
  void delivered(long micros) {
    last = micros;
    none = false;
  }
}
