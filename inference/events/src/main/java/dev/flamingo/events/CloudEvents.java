package dev.flamingo.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/**
 * Writes the headers of CloudEvents 1.0 in Kafka's binary mode.
 *
 * @param source who writes, such as {@code /flamingo/job}
 */
public record CloudEvents(String source) {

  /**
   * Adds the headers to a record.
   *
   * @param id of the event, the same for a repetition
   * @param type such as {@code dev.flamingo.answer.v1}
   * @param time when it happened
   */
  public void writeTo(Headers headers, String id, String type, Instant time) {
    add(headers, "ce_specversion", "1.0");
    add(headers, "ce_id", id);
    add(headers, "ce_source", source);
    add(headers, "ce_type", type);
    add(headers, "ce_time", time.toString());
    add(headers, "content-type", "application/json");
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
