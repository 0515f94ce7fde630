package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** What Kafka Streams keeps: the first final answer of every question, and captions. */
final class Views implements AutoCloseable {

  private static final int MOST_CAPTIONS = 1_000;
  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final KafkaStreams streams;
  private final JsonSerde<Answer> answers = new JsonSerde<>(Answer.class);

  Views(GatewayConfig config) {
    Map<String, Object> settings =
        config.client(
            Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                config.application(),
                StreamsConfig.STATE_DIR_CONFIG,
                config.stateDir().toString(),
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                1,
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                0,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                1_000,
                StreamsConfig.producerPrefix("max.request.size"),
                Topics.LARGEST_DEAD_LETTER,
                StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                InstanceName.in(config.stateDir()).value(),
                StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG),
                "read_committed"));
    Properties properties = new Properties();
    properties.putAll(settings);
    streams =
        new KafkaStreams(new ViewTopology(config.topics(), config.keep()).build(), properties);
    streams.setUncaughtExceptionHandler(error -> StreamThreadExceptionResponse.REPLACE_THREAD);
    streams.start();
  }

  boolean running() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** Returns the answer to a question. Reads from disk. */
  Optional<Answer> answer(String id) {
    try (WindowStoreIterator<byte[]> found =
        store(ViewTopology.ANSWERS).fetch(id, Instant.EPOCH, LAST)) {
      return found.hasNext() ? Optional.of(answers.read(found.next().value)) : Optional.empty();
    }
  }

  /**
   * Returns captions in the order of time; where there are more than fit, the latest. Reads from
   * disk.
   */
  List<Answer> captions(String stream, Instant from, Instant to) {
    List<Answer> captions = new ArrayList<>();
    try (WindowStoreIterator<byte[]> range =
        store(ViewTopology.CAPTIONS).backwardFetch(stream, bounded(from), bounded(to))) {
      while (range.hasNext() && captions.size() < MOST_CAPTIONS) {
        captions.add(answers.read(range.next().value));
      }
    }
    Collections.reverse(captions);
    return captions;
  }

  private static Instant bounded(Instant instant) {
    return instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant.isAfter(LAST) ? LAST : instant;
  }

  private ReadOnlyWindowStore<String, byte[]> store(String name) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.windowStore()));
  }

  @Override
  public void close() {
    streams.close(
        CloseOptions.timeout(CLOSE)
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
  }
}
