package dev.flamingo.ingest.video;

import java.time.Duration;
import java.util.zip.CRC32;

/**
 * Notices a snapshot that never changes: the server goes on giving the last picture of a camera
 * that is gone. A picture without any noise may stand for minutes where it is renewed that rarely,
 * so only a long time counts. Safe for use by several threads.
 */
final class Stillness {

  private final Duration patience;
  private boolean known;
  private long checksum;
  private long since;

  Stillness(Duration patience) {
    this.patience = patience;
  }

  /**
   * Takes the next snapshot.
   *
   * @param nanos when it came, by a clock that only goes forward
   * @return whether it has been the same for too long
   */
  synchronized boolean isStale(byte[] picture, long nanos) {
    CRC32 crc = new CRC32();
    crc.update(picture);
    if (!known || crc.getValue() != checksum) {
      known = true;
      checksum = crc.getValue();
      since = nanos;
    }
    return nanos - since > patience.toNanos();
  }

  /** Whether the source has given a snapshot before. */
  synchronized boolean known() {
    return known;
  }

  /** How long the same picture is borne. */
  Duration patience() {
    return patience;
  }
}
