package dev.flamingo.events;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record that could not be used.
 *
 * @param key as received
 * @param value as received
 * @param code a short name of what was wrong
 * @param message what was wrong, in one sentence
 * @param sourceTopic where it was
 * @param sourceOffset where in its partition
 */
public record DeadLetter(
    byte[] key, byte[] value, String code, String message, String sourceTopic, long sourceOffset) {

  /** Returns the record for the topic of dead letters. */
  public ProducerRecord<byte[], byte[]> toRecord(Topics topics) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("error-code", bytes(code));
    headers.add("error-message", bytes(message));
    headers.add("source-topic", bytes(sourceTopic));
    headers.add("source-offset", bytes(Long.toString(sourceOffset)));
    return new ProducerRecord<>(topics.deadLetters(), null, null, key, value, headers);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
