package dev.flamingo.job.state;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A frame that waits for the encoder.
 *
 * @param stream which camera
 * @param topic of its record
 * @param partition of its record
 * @param offset of its record
 * @param timestamp of its record: when it was captured, milliseconds since 1970
 * @param key of its record
 * @param value of its record: a JPEG
 * @param headerNames of its record, one for every value
 * @param headerValues of its record
 */
public record StoredFrameV1(
    String stream,
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    String[] headerNames,
    byte[][] headerValues) {

  void write(StoredOutput out) throws IOException {
    out.text(stream);
    out.text(topic);
    out.number(partition);
    out.number(offset);
    out.number(timestamp);
    out.bytes(key);
    out.bytes(value);
    out.texts(headerNames);
    out.arrays(headerValues);
  }

  static StoredFrameV1 read(StoredInput in) throws IOException {
    return new StoredFrameV1(
        in.text(),
        in.text(),
        in.shortNumber(),
        in.number(),
        in.number(),
        in.bytesOrNull(),
        in.bytesOrNull(),
        in.texts(),
        in.arrays());
  }
}
