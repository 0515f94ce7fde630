package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiFunction;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers in a store: of several with the same key the first, and each only for a while. What
 * is no answer goes on as a dead letter.
 */
final class RememberAnswers implements Processor<String, byte[], String, byte[]> {

  private static final Duration PURGE_EVERY = Duration.ofMinutes(10);

  private final JsonSerde<Answer> serde = new JsonSerde<>(Answer.class);
  private final String storeName;
  private final BiFunction<Record<String, byte[]>, Answer, String> key;
  private final Duration keep;
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable TimestampedKeyValueStore<String, byte[]> store;

  RememberAnswers(
      String storeName, BiFunction<Record<String, byte[]>, Answer, String> key, Duration keep) {
    this.storeName = storeName;
    this.key = key;
    this.keep = keep;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    this.context = context;
    TimestampedKeyValueStore<String, byte[]> opened = context.getStateStore(storeName);
    store = opened;
    context.schedule(PURGE_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> purge(opened, now));
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.key() == null || record.value() == null) {
      bury(record, "the record has no key or no value");
      return;
    }
    try {
      String place = key.apply(record, serde.read(record.value()));
      if (store != null) {
        store.putIfAbsent(place, ValueAndTimestamp.make(record.value(), record.timestamp()));
      }
    } catch (MalformedEventException e) {
      bury(record, String.valueOf(e.getMessage()));
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

  private void purge(TimestampedKeyValueStore<String, byte[]> entries, long now) {
    try (KeyValueIterator<String, ValueAndTimestamp<byte[]>> all = entries.all()) {
      while (all.hasNext()) {
        KeyValue<String, ValueAndTimestamp<byte[]>> entry = all.next();
        if (entry.value.timestamp() < now - keep.toMillis()) {
          entries.delete(entry.key);
        }
      }
    }
  }
}
