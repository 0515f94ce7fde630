package dev.flamingo.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON for Kafka's clients. Safe for use by several threads.
 *
 * @param <T> the event
 */
public final class JsonSerde<T> implements Serde<T>, Serializer<T>, Deserializer<T> {

  private final ObjectMapper mapper = EventJson.mapper();
  private final Class<T> type;

  /** Reads and writes events of a type. */
  public JsonSerde(Class<T> type) {
    this.type = type;
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T event) {
    try {
      return event == null ? null : mapper.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot write an event of type " + type.getName(), e);
    }
  }

  /**
   * Reads an event.
   *
   * @throws MalformedEventException if it is none
   */
  @Override
  public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    return read(bytes);
  }

  /**
   * Reads an event.
   *
   * @throws MalformedEventException if it is none
   */
  public T read(byte[] bytes) {
    try {
      return present(mapper.readValue(bytes, type));
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /**
   * Reads an event from JSON that was parsed before.
   *
   * @throws MalformedEventException if it is none, in the words of {@link #read(byte[])}
   */
  public T read(JsonNode json) {
    try {
      return present(mapper.treeToValue(json, type));
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private T present(@Nullable T event) {
    if (event == null) {
      throw new MalformedEventException("the value is no " + what() + ": it is null", null);
    }
    return event;
  }

  private MalformedEventException malformed(IOException error) {
    // Without its cause, whose message may repeat a camera's password.
    return new MalformedEventException(Complaint.of(what(), error), null);
  }

  private String what() {
    return type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Returns an event as JSON. */
  public byte[] write(T event) {
    try {
      return mapper.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot write an event of type " + type.getName(), e);
    }
  }

  @Override
  public Serializer<T> serializer() {
    return this;
  }

  @Override
  public Deserializer<T> deserializer() {
    return this;
  }

  @Override
  public void configure(java.util.Map<String, ?> settings, boolean isKey) {}

  @Override
  public void close() {}
}
