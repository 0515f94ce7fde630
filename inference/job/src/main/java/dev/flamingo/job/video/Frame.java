package dev.flamingo.job.video;

import dev.flamingo.events.FrameHeaders;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.state.StoredFrameV1;
import org.jspecify.annotations.Nullable;

/**
 * A frame before it is encoded.
 *
 * @param stream which camera
 * @param received the record that it came in
 */
public record Frame(String stream, ReceivedRecord received) {

  /** Returns what is stored of it while it waits. */
  StoredFrameV1 stored() {
    return new StoredFrameV1(
        stream,
        received.topic(),
        received.partition(),
        received.offset(),
        received.timestamp(),
        received.key(),
        received.value(),
        received.headerNames(),
        received.headerValues());
  }

  static Frame of(StoredFrameV1 stored) {
    return new Frame(
        stored.stream(),
        new ReceivedRecord(
            stored.topic(),
            stored.partition(),
            stored.offset(),
            stored.timestamp(),
            stored.key(),
            stored.value(),
            stored.headerNames(),
            stored.headerValues()));
  }

  /** Returns when it was captured, milliseconds since 1970. */
  public long time() {
    return received.timestamp();
  }

  /** Returns the model that it was made for; null where its writer names none. */
  @Nullable String madeFor() {
    return received.header(FrameHeaders.MADE_FOR);
  }

  /** Returns the picture. */
  byte[] jpeg() {
    byte[] value = received.value();
    return value == null ? new byte[0] : value;
  }
}
