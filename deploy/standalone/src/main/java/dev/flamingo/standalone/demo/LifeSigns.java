package dev.flamingo.standalone.demo;

import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.StreamState;
import dev.flamingo.events.StreamStatus;
import dev.flamingo.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Watches for the first frame since it was made, and for streams that fail. */
final class LifeSigns implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Topics topics;
  private final Consumer<String> complaints;
  private final KafkaConsumer<String, byte[]> consumer;
  private final JsonSerde<StreamStatus> states = new JsonSerde<>(StreamStatus.class);
  private boolean frameCame;

  LifeSigns(String bootstrap, Topics topics, Consumer<String> complaints) {
    this.topics = topics;
    this.complaints = complaints;
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = partitions(topics.frames(), topics.streamStatus());
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is lazy: asking for the places makes them those of now.
    partitions.forEach(consumer::position);
  }

  private List<TopicPartition> partitions(String... names) {
    return Stream.of(names)
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  /** Waits a moment; returns whether a frame has come since this was made. */
  boolean frameCame() {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
      if (record.topic().equals(topics.frames())) {
        if (!frameCame) {
          frameCame = true;
          // One is enough; failures are still of interest.
          consumer.assign(partitions(topics.streamStatus()));
        }
      } else if (record.value() != null) {
        complain(record);
      }
    }
    return frameCame;
  }

  private void complain(ConsumerRecord<String, byte[]> record) {
    try {
      StreamStatus status = states.read(record.value());
      if (status.state() == StreamState.FAILED) {
        complaints.accept("stream %s failed: %s".formatted(record.key(), status.reason()));
      }
    } catch (MalformedEventException e) {
      complaints.accept("the state of stream %s cannot be read".formatted(record.key()));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
