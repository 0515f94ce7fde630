package dev.flamingo.job.kafka;

import dev.flamingo.events.DeadLetter;
import dev.flamingo.events.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way out. Everything that leaves the job has this one form, so that one sink is
 * enough.
 *
 * @param headerNames one for every value
 */
public record OutboundRecord(
    String topic,
    byte @Nullable [] key,
    byte @Nullable [] value,
    String[] headerNames,
    byte[][] headerValues) {

  /** Below Kafka's limit of 1 MiB a record with room for headers. */
  private static final int LARGEST_DEAD_LETTER = 900_000;

  private static final int LARGEST_DEAD_KEY = 50_000;
  private static final int LONGEST_MESSAGE = 2_000;

  /** More than the head of a batch and a record, or of a header. */
  private static final int KAFKAS_OWN = 128;

  /** Returns a record with headers. */
  public static OutboundRecord of(
      String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    List<String> names = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    for (Header header : headers) {
      names.add(header.key());
      values.add(header.value());
    }
    return new OutboundRecord(
        topic, key, value, names.toArray(String[]::new), values.toArray(byte[][]::new));
  }

  /**
   * Returns the dead letter of a record that could not be used, as received; only what Kafka would
   * not take for its size is cut off.
   *
   * @param code a short name of what was wrong
   * @param message what was wrong, in one sentence
   */
  // A record without a key or value has none in the dead letters either.
  @SuppressWarnings("NullAway")
  public static OutboundRecord deadLetter(
      Topics topics, ReceivedRecord received, String code, String message) {
    ProducerRecord<byte[], byte[]> letter =
        new DeadLetter(
                cut(received.key(), LARGEST_DEAD_KEY),
                cut(received.value(), LARGEST_DEAD_LETTER),
                code,
                message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)),
                received.topic(),
                received.offset())
            .toRecord(topics);
    return of(letter.topic(), letter.key(), letter.value(), letter.headers());
  }

  private static byte @Nullable [] cut(byte @Nullable [] bytes, int most) {
    return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
  }

  /** Returns the most bytes that it takes in a topic, with what Kafka adds. */
  public long bytes() {
    long bytes = KAFKAS_OWN + length(key) + length(value);
    for (int i = 0; i < headerNames.length; i++) {
      bytes += KAFKAS_OWN + 3L * headerNames[i].length() + length(headerValues[i]);
    }
    return bytes;
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  ProducerRecord<byte[], byte[]> toProducerRecord() {
    RecordHeaders headers = new RecordHeaders();
    for (int i = 0; i < headerNames.length; i++) {
      headers.add(headerNames[i], headerValues[i]);
    }
    return new ProducerRecord<>(topic, null, null, key, value, headers);
  }
}
