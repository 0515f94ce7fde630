package dev.flamingo.job;

import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.ServedModel;
import dev.flamingo.events.Topics;
import dev.flamingo.job.answer.ModelHeartbeat;
import dev.flamingo.job.model.ModelDescription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one bundle at a time serve the topics of a prefix: a job waits while another bundle's
 * heartbeat is younger than 30 s. Two jobs with different models would both answer every question.
 */
final class ModelTurn {

  private static final Logger LOG = LoggerFactory.getLogger(ModelTurn.class);

  /** Silence after which another bundle is no longer served: three heartbeats. */
  private static final Duration SILENCE = ModelHeartbeat.EVERY.multipliedBy(3);

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private record Other(String id, Instant heartbeat) {}

  private final JsonSerde<ServedModel> json = new JsonSerde<>(ServedModel.class);
  private final Map<String, Object> settings;
  private final String topic;
  private final InstantSource clock;

  /**
   * Prepares to wait.
   *
   * @param kafka settings of the consumer
   */
  ModelTurn(Map<String, Object> kafka, Topics topics, InstantSource clock) {
    settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    topic = topics.models();
    this.clock = clock;
  }

  /**
   * Waits until no other bundle is served. A Kafka that does not answer holds nobody up: the job
   * itself waits for it.
   *
   * @throws InterruptedException if interrupted
   */
  void await(ModelDescription model) throws InterruptedException {
    String waitsFor = "";
    for (Optional<Other> other = served(model.id());
        other.isPresent();
        other = served(model.id())) {
      if (!other.get().id().equals(waitsFor)) {
        waitsFor = other.get().id();
        LOG.warn(
            "{} waits while {} is served under the same topics: stop that job, or give this one"
                + " another prefix",
            model.id(),
            waitsFor);
      }
      Thread.sleep(STEP.toMillis());
    }
  }

  /** Returns another bundle that is served now. */
  private Optional<Other> served(String own) {
    Instant now = clock.instant();
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      Map<String, Other> others = new HashMap<>();
      for (ConsumerRecord<String, byte[]> entry : all(consumer)) {
        read(entry).filter(it -> !it.id().equals(own)).ifPresent(it -> others.put(it.id(), it));
      }
      return others.values().stream()
          .filter(it -> it.heartbeat().plus(SILENCE).isAfter(now))
          .max(Comparator.comparing(Other::heartbeat));
    } catch (KafkaException e) {
      LOG.warn("cannot see which models are served: {}", e.toString());
      return Optional.empty();
    }
  }

  private List<ConsumerRecord<String, byte[]>> all(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, ANSWER).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), ANSWER) < end.getValue())) {
      consumer.poll(POLL).forEach(records::add);
    }
    return records;
  }

  private Optional<Other> read(ConsumerRecord<String, byte[]> entry) {
    if (entry.key() == null || entry.value() == null) {
      return Optional.empty();
    }
    try {
      ServedModel model = json.read(entry.value());
      return Optional.of(new Other(ServedModel.id(entry.key(), model.hash()), model.heartbeat()));
    } catch (MalformedEventException e) {
      return Optional.empty();
    }
  }
}
