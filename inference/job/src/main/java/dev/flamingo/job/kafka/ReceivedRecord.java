package dev.flamingo.job.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came in. It travels with what is made of it, as long as it may end as a dead
 * letter.
 *
 * @param timestamp milliseconds since 1970
 * @param headerNames one for every value, may repeat
 * @param headerValues empty where a header has none
 */
public record ReceivedRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    String[] headerNames,
    byte[][] headerValues) {

  static ReceivedRecord of(ConsumerRecord<byte[], byte[]> received) {
    List<String> names = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    for (Header header : received.headers()) {
      names.add(header.key());
      values.add(header.value() == null ? new byte[0] : header.value());
    }
    return new ReceivedRecord(
        received.topic(),
        received.partition(),
        received.offset(),
        received.timestamp(),
        received.key(),
        received.value(),
        names.toArray(String[]::new),
        values.toArray(byte[][]::new));
  }

  /** Returns the last value of a header as text, or null where there is none. */
  public @Nullable String header(String name) {
    for (int i = headerNames.length - 1; i >= 0; i--) {
      if (headerNames[i].equals(name)) {
        return new String(headerValues[i], StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
