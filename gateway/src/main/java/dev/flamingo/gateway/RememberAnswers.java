package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers in a store that forgets them after a while: of several in the same place the first.
 * What is no answer goes on as a dead letter.
 */
final class RememberAnswers implements Processor<String, byte[], String, byte[]> {

  /**
   * The store's time is that of its newest record: one from far ahead would push out all others.
   */
  private static final Duration FARTHEST_AHEAD = Duration.ofHours(1);

  private final JsonSerde<Answer> serde = new JsonSerde<>(Answer.class);
  private final String storeName;
  private final Place place;
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable WindowStore<String, byte[]> store;

  /** Where an answer belongs. */
  interface Place {

    /** Returns whether another answer is there already. */
    boolean isTaken(WindowStore<String, byte[]> store, String key, long at);
  }

  RememberAnswers(String storeName, Place place) {
    this.storeName = storeName;
    this.place = place;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    this.context = context;
    store = context.getStateStore(storeName);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.key() == null || record.value() == null) {
      bury(record, "the record has no key or no value");
      return;
    }
    try {
      var unused = serde.read(record.value());
      keep(record);
    } catch (MalformedEventException e) {
      bury(record, String.valueOf(e.getMessage()));
    }
  }

  private void keep(Record<String, byte[]> record) {
    WindowStore<String, byte[]> opened = Objects.requireNonNull(store);
    long farthest =
        Objects.requireNonNull(context).currentSystemTimeMs() + FARTHEST_AHEAD.toMillis();
    long at = Math.max(0, Math.min(record.timestamp(), farthest));
    if (!place.isTaken(opened, record.key(), at)) {
      opened.put(record.key(), record.value(), at);
    }
  }

  private void bury(Record<String, byte[]> record, String message) {
    ProcessorContext<String, byte[]> here = context;
    if (here == null) {
      return;
    }
    Headers headers = record.headers();
    add(headers, "error-code", "malformed");
    add(headers, "error-message", message);
    RecordMetadata source = here.recordMetadata().orElseThrow();
    add(headers, "source-topic", source.topic());
    add(headers, "source-offset", Long.toString(source.offset()));
    here.forward(record);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
