package dev.flamingo.events;

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
    String what = type.getSimpleName().toLowerCase(Locale.ROOT);
    try {
      T event = mapper.readValue(bytes, type);
      if (event == null) {
        throw new MalformedEventException("the value is no " + what + ": it is null", null);
      }
      return event;
    } catch (IOException e) {
      // Without its cause, whose message may repeat a camera's password.
      throw new MalformedEventException(Complaint.of(what, e), null);
    }
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
