package dev.flamingo.ingest;

import dev.flamingo.events.Topics;
import dev.flamingo.ingest.video.FrameSourceOptions;
import dev.flamingo.ingest.video.FrameSources;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * One ingest process: runs its share of the registered streams until it is closed. Several share
 * the streams by being in one consumer group; a dead one's streams move to the others.
 */
public final class IngestService implements AutoCloseable {

  private final FramePublisher publisher;
  private final ServedModelWatcher models;
  private final StreamFleet fleet;
  private final RegistryWatcher watcher;

  /**
   * Starts on the system's clock. The topics need not exist yet, and Kafka need not be up.
   *
   * @param config where and how
   * @throws org.apache.kafka.common.KafkaException if the settings for Kafka are wrong
   */
  public IngestService(IngestConfig config) {
    this(config, Clock.systemUTC(), RandomGenerator.getDefault());
  }

  /**
   * Starts.
   *
   * @param config where and how
   * @param clock stamps pictures and states
   * @param random spreads retries
   */
  public IngestService(IngestConfig config, Clock clock, RandomGenerator random) {
    FrameSources sources = new FrameSources(clock);
    Topics topics = new Topics(config.prefix());
    publisher = new FramePublisher(new KafkaProducer<>(producerSettings(config)));
    models =
        new ServedModelWatcher(new KafkaConsumer<>(readerSettings(config)), topics.models(), clock);
    models.start();
    fleet =
        new StreamFleet(
            (entry, history) -> {
              // A recording would lose what is shown before its model is known.
              models.awaitRead();
              return sources.open(entry.uri(), options(entry, config.frames()), history);
            },
            stream -> new KafkaOutlet(stream, topics, config.waitingFrames(), publisher, clock),
            () -> new Backoff(config.firstRetry(), config.maxRetry(), random));
    watcher =
        new RegistryWatcher(new KafkaConsumer<>(memberSettings(config)), topics.streams(), fleet);
    watcher.start();
  }

  private FrameSourceOptions options(RegistryEntry entry, FrameSourceOptions frames) {
    // Only recordings can be hurried: a street without an end would flood Kafka.
    boolean street = entry.uri().strip().regionMatches(/* ignoreCase= */ true, 0, "street:", 0, 7);
    return frames
        .withFast(frames.fast() && !street)
        .withFormats(models)
        .withSnapshotEvery(Duration.ofSeconds(entry.snapshotSeconds()));
  }

  private static Map<String, Object> producerSettings(IngestConfig config) {
    Map<String, Object> settings = new HashMap<>(config.kafka().properties());
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // Short: what does not arrive goes back to its outbox, which knows what may be dropped.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
    return settings;
  }

  private static Map<String, Object> readerSettings(IngestConfig config) {
    Map<String, Object> settings = new HashMap<>(config.kafka().properties());
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
    return settings;
  }

  private static Map<String, Object> memberSettings(IngestConfig config) {
    Map<String, Object> settings = readerSettings(config);
    Duration session = config.sessionTimeout();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
    config.instance().ifPresent(it -> settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, it));
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) session.toMillis());
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) session.toMillis() / 4);
    return settings;
  }

  /** What the streams in this process have done, by stream id. */
  public Map<String, StreamCounters> counters() {
    return fleet.counters();
  }

  /** Stops the streams and leaves the group, in bounded time. */
  @Override
  public void close() {
    watcher.close();
    fleet.close();
    models.close();
    publisher.close();
  }
}
