package dev.flamingo.job.video;

import dev.flamingo.events.StreamId;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.RecordReader;
import java.nio.charset.StandardCharsets;

/** Lets through what can be a frame. */
public final class FrameReader implements RecordReader<Frame> {

  /** The error code of a frame's dead letter. */
  public static final String BAD_FRAME = "bad-frame";

  private static final long serialVersionUID = 1;
  private static final long FUTURE_MILLIS = 60_000;
  private static final int SMALLEST_JPEG = 4;

  @Override
  public Frame read(ReceivedRecord received, long now) {
    byte[] key = received.key();
    if (key == null) {
      throw new IllegalArgumentException("a frame needs its stream as key");
    }
    byte[] value = received.value();
    // Only the first bytes: the encoder finds out about the rest, and the stream's clock must not
    // be moved by what was never a picture.
    if (value == null
        || value.length < SMALLEST_JPEG
        || (value[0] & 0xff) != 0xff
        || (value[1] & 0xff) != 0xd8) {
      throw new IllegalArgumentException(
          "%d bytes are not a jpeg picture".formatted(value == null ? 0 : value.length));
    }
    if (received.timestamp() < 0) {
      throw new IllegalArgumentException("a frame needs a timestamp: when it was captured");
    }
    if (received.timestamp() > now + FUTURE_MILLIS) {
      // Every true frame would be older, and so be passed over as late.
      throw new IllegalArgumentException(
          "a frame was captured %d ms in the future: set the camera's clock"
              .formatted(received.timestamp() - now));
    }
    return new Frame(new StreamId(new String(key, StandardCharsets.UTF_8)).value(), received);
  }
}
