package dev.flamingo.ingest;

import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.ServedModel;
import dev.flamingo.ingest.video.FrameFormat;
import dev.flamingo.ingest.video.FrameFormats;
import dev.flamingo.ingest.video.Rgb;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows which model is served, so that frames are made in its form: the one with the newest
 * heartbeat, as long as this is younger than 30 s. While Kafka is away the model that was served
 * last counts on.
 */
final class ServedModelWatcher implements FrameFormats, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServedModelWatcher.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** Silence after which a model is no longer served; the job writes every ten seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final int SMALLEST = 16;

  private record Served(FrameFormat format, Instant seen) {}

  private final JsonSerde<ServedModel> json = new JsonSerde<>(ServedModel.class);
  private final Consumer<String, byte[]> consumer;
  private final String topic;
  private final InstantSource clock;
  private final Thread thread;
  private final CountDownLatch read = new CountDownLatch(1);
  private final Map<String, Served> models = new HashMap<>();
  private volatile Optional<FrameFormat> current = Optional.empty();
  private volatile boolean closed;

  /**
   * Prepares to follow.
   *
   * @param consumer without a group; closed by this object
   * @param topic the served models
   * @param clock the time of arrivals
   */
  ServedModelWatcher(Consumer<String, byte[]> consumer, String topic, InstantSource clock) {
    this.consumer = consumer;
    this.topic = topic;
    this.clock = clock;
    this.thread = new Thread(this::follow, "served-models");
    thread.setDaemon(true);
  }

  /** Begins; call once. */
  void start() {
    thread.start();
  }

  @Override
  public Optional<FrameFormat> current() {
    return current;
  }

  /** Waits until it is known which model is served, if any; while Kafka is away that is unknown. */
  void awaitRead() throws InterruptedException {
    read.await();
  }

  private void follow() {
    try (consumer) {
      while (!closed) {
        try {
          followAssigned();
        } catch (WakeupException | InterruptException e) {
          return;
        } catch (KafkaException e) {
          LOG.warn("cannot read the served models of {}, trying on: {}", topic, e.toString());
          Thread.sleep(POLL.toMillis());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("asked to stop", e);
    } catch (KafkaException e) {
      LOG.debug("closed with kafka away", e);
    }
  }

  private void followAssigned() throws InterruptedException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, ANSWER).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      Thread.sleep(POLL.toMillis());
      return;
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    while (!closed) {
      for (ConsumerRecord<String, byte[]> entry : consumer.poll(POLL)) {
        apply(entry);
      }
      if (isAtTheEnd(partitions)) {
        choose(clock.instant());
        read.countDown();
      }
    }
  }

  private boolean isAtTheEnd(List<TopicPartition> partitions) {
    return consumer.endOffsets(partitions, ANSWER).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void apply(ConsumerRecord<String, byte[]> entry) {
    if (entry.key() == null) {
      return;
    }
    if (entry.value() == null) {
      models.remove(entry.key());
      return;
    }
    try {
      ServedModel model = json.read(entry.value());
      // Live ones count from their arrival, so that clocks of other machines do not matter.
      Instant seen = read.getCount() == 0 ? clock.instant() : model.heartbeat();
      models.put(entry.key(), new Served(format(entry.key(), model), seen));
    } catch (MalformedEventException e) {
      LOG.warn("passed over a record of {}: {}", topic, e.getMessage());
    }
  }

  private static FrameFormat format(String name, ServedModel model) {
    List<Integer> padding = model.padding();
    // An odd side is averaged down from the next even one.
    int size = Math.max(SMALLEST, model.frameSize() + model.frameSize() % 2);
    return new FrameFormat(
        ServedModel.id(name, model.hash()),
        size,
        model.resize(),
        new Rgb(padding.get(0), padding.get(1), padding.get(2)));
  }

  private void choose(Instant now) {
    Optional<FrameFormat> newest =
        models.values().stream()
            .filter(model -> model.seen().plus(SILENCE).isAfter(now))
            .max(Comparator.comparing(Served::seen))
            .map(Served::format);
    if (!newest.equals(current)) {
      LOG.info(
          "frames are made for {}",
          newest.map(format -> format.madeFor() + ", " + format.size() + " px").orElse("no model"));
    }
    current = newest;
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
