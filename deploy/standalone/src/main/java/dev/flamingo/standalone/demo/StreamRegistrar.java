package dev.flamingo.standalone.demo;

import dev.flamingo.events.CloudEvents;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Registers a demo's streams. What is registered from the same address already stays as it is, with
 * all that was changed of it since.
 *
 * @param clock says when
 * @param ids names the events
 */
record StreamRegistrar(String bootstrap, Topics topics, InstantSource clock, Supplier<String> ids) {

  private static final CloudEvents EVENTS = new CloudEvents("/flamingo/demo");
  private static final String REGISTERED = "dev.flamingo.stream.registered.v1";
  private static final JsonSerde<StreamSpec> SPECS = new JsonSerde<>(StreamSpec.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * Registers streams, and returns when Kafka has them.
   *
   * @param otherwise registered where none is given and none was registered before
   * @return whether any stream is enabled now
   * @throws IOException if Kafka does not take one
   */
  boolean register(List<DemoStream> streams, DemoStream otherwise)
      throws IOException, InterruptedException {
    Map<String, Optional<StreamSpec>> known = known();
    boolean first = known.isEmpty();
    List<DemoStream> wanted = streams.isEmpty() && first ? List.of(otherwise) : streams;
    List<DemoStream> fresh = wanted.stream().filter(stream -> !isKnown(stream, known)).toList();
    write(fresh);
    fresh.forEach(stream -> known.put(stream.id().value(), Optional.of(stream.spec())));
    return known.values().stream().flatMap(Optional::stream).anyMatch(StreamSpec::enabled);
  }

  private static boolean isKnown(DemoStream stream, Map<String, Optional<StreamSpec>> known) {
    return known
        .getOrDefault(stream.id().value(), Optional.empty())
        .filter(spec -> spec.uri().equals(stream.spec().uri()))
        .isPresent();
  }

  /** Returns all streams that were ever registered; empty for what was removed. */
  private Map<String, Optional<StreamSpec>> known() {
    Map<String, Optional<StreamSpec>> known = new HashMap<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topics.streams()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, byte[]> entry : consumer.poll(POLL)) {
          known.put(String.valueOf(entry.key()), spec(entry.value()));
        }
      }
    }
    return known;
  }

  private static Optional<StreamSpec> spec(byte @Nullable [] value) {
    try {
      return value == null ? Optional.empty() : Optional.of(SPECS.read(value));
    } catch (MalformedEventException e) {
      return Optional.empty();
    }
  }

  private void write(List<DemoStream> streams) throws IOException, InterruptedException {
    List<Future<RecordMetadata>> written = new ArrayList<>();
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (DemoStream stream : streams) {
        ProducerRecord<String, byte[]> record =
            new ProducerRecord<>(topics.streams(), stream.id().value(), SPECS.write(stream.spec()));
        EVENTS.writeTo(record.headers(), ids.get(), REGISTERED, clock.instant());
        written.add(producer.send(record));
      }
      for (Future<RecordMetadata> record : written) {
        RecordMetadata unused = record.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("kafka does not take the registration of the streams: see the log", e);
    }
  }
}
