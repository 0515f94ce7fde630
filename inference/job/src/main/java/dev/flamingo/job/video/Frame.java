package dev.flamingo.job.video;

import dev.flamingo.job.kafka.ReceivedRecord;

/**
 * A frame before it is encoded.
 *
 * @param stream which camera
 * @param received the record that it came in
 */
public record Frame(String stream, ReceivedRecord received) {

  /** Returns when it was captured, milliseconds since 1970. */
  public long time() {
    return received.timestamp();
  }

  /** Returns the picture. */
  byte[] jpeg() {
    byte[] value = received.value();
    return value == null ? new byte[0] : value;
  }
}
