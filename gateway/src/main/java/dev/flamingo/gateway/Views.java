package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.StreamStatus;
import dev.flamingo.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Kafka Streams knows: the first final answer of every question, captions, streams and their
 * states.
 */
final class Views implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Views.class);
  private static final int MOST_CAPTIONS = 1_000;
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final KafkaStreams streams;
  private final JsonSerde<Answer> answers = new JsonSerde<>(Answer.class);
  private final JsonSerde<StreamSpec> specs = new JsonSerde<>(StreamSpec.class);
  private final JsonSerde<StreamStatus> states = new JsonSerde<>(StreamStatus.class);

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
                StreamsConfig.consumerPrefix("auto.offset.reset"),
                "earliest"));
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

  Optional<Answer> answer(String id) {
    byte[] value = store(ViewTopology.ANSWERS).get(id);
    return value == null ? Optional.empty() : Optional.of(answers.read(value));
  }

  /** Returns captions in the order of time; where there are more than fit, the latest. */
  List<Answer> captions(String stream, Instant from, Instant to) {
    List<Answer> captions = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> range =
        store(ViewTopology.CAPTIONS)
            .reverseRange(
                ViewTopology.captionKey(stream, from.toEpochMilli()),
                ViewTopology.captionKey(stream, to.toEpochMilli()))) {
      while (range.hasNext() && captions.size() < MOST_CAPTIONS) {
        captions.add(answers.read(range.next().value));
      }
    }
    Collections.reverse(captions);
    return captions;
  }

  /** Returns the registered streams by id; what is malformed is left out. */
  Map<String, StreamSpec> streams() {
    return all(ViewTopology.STREAMS, specs);
  }

  /** Returns the streams' states by id. */
  Map<String, StreamStatus> states() {
    return all(ViewTopology.STATES, states);
  }

  private <T> Map<String, T> all(String name, JsonSerde<T> serde) {
    Map<String, T> all = new TreeMap<>();
    try (KeyValueIterator<String, byte[]> entries = store(name).all()) {
      while (entries.hasNext()) {
        KeyValue<String, byte[]> entry = entries.next();
        try {
          all.put(entry.key, serde.read(entry.value));
        } catch (MalformedEventException e) {
          // Ingest, which owns the registry's meaning, says what is wrong with it in the stream's
          // state.
          LOG.debug("passed over the malformed entry {} of {}", entry.key, name);
        }
      }
    }
    return all;
  }

  private ReadOnlyKeyValueStore<String, byte[]> store(String name) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
  }

  @Override
  public void close() {
    streams.close(CLOSE);
  }
}
