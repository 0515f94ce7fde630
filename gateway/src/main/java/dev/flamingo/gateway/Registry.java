package dev.flamingo.gateway;

import dev.flamingo.events.ServedModel;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.StreamStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The registered streams, their states and the models that are served, as the compacted topics hold
 * them. Used on the loop.
 */
final class Registry {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A model is not served any more when another one's heartbeat is so much newer. */
  private static final Duration RETIRED = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Map<String, StreamSpec> streams = new TreeMap<>();
  private final Map<String, StreamStatus> states = new HashMap<>();
  private final Map<String, ServedModel> models = new HashMap<>();
  private final Map<Integer, Long> read = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();

  private record Waiting(TopicPlace place, Instant until, Promise<Void> seen) {}

  Registry(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns the streams by id, in the order of their ids. */
  Map<String, StreamSpec> streams() {
    return Collections.unmodifiableMap(streams);
  }

  boolean knows(String stream) {
    return streams.containsKey(stream);
  }

  Optional<StreamStatus> state(String stream) {
    return Optional.ofNullable(states.get(stream));
  }

  /** Returns the models that are served, by name; the one that was served last comes first. */
  List<Map.Entry<String, ServedModel>> models() {
    Optional<Instant> newest =
        models.values().stream().map(ServedModel::heartbeat).max(Comparator.naturalOrder());
    return models.entrySet().stream()
        .filter(it -> !it.getValue().heartbeat().isBefore(newest.orElseThrow().minus(RETIRED)))
        .sorted(Map.Entry.comparingByValue(Comparator.comparing(ServedModel::heartbeat).reversed()))
        .map(it -> Map.entry(it.getKey(), it.getValue()))
        .toList();
  }

  void model(String name, @Nullable ServedModel model) {
    if (model == null) {
      models.remove(name);
    } else {
      models.put(name, model);
    }
  }

  void registration(String stream, @Nullable StreamSpec spec, TopicPlace place) {
    if (spec == null) {
      streams.remove(stream);
    } else if (!stream.isEmpty()) {
      // An empty key names nothing that a path could: listed, it could not be removed.
      streams.put(stream, spec);
    }
    read.put(place.partition(), place.offset());
    release(waiter -> isRead(waiter.place()));
  }

  /** Lets go of those who wait for a tail that is behind. */
  void expire() {
    Instant now = clock.instant();
    release(waiter -> now.isAfter(waiter.until()));
  }

  private void release(Predicate<Waiting> which) {
    List<Waiting> released = waiting.stream().filter(which).toList();
    waiting.removeAll(released);
    released.forEach(waiter -> waiter.seen().complete());
  }

  void status(String stream, @Nullable StreamStatus status) {
    if (status == null) {
      states.remove(stream);
    } else {
      states.put(stream, status);
    }
  }

  /**
   * Returns a future that completes when the record at a place of the topic was read, or after a
   * while: Kafka has it, and a tail that is behind must not make its writer believe otherwise.
   */
  Future<Void> read(TopicPlace place) {
    if (isRead(place)) {
      return Future.succeededFuture();
    }
    Promise<Void> seen = Promise.promise();
    waiting.add(new Waiting(place, clock.instant().plus(PATIENCE), seen));
    return seen.future();
  }

  private boolean isRead(TopicPlace place) {
    return read.getOrDefault(place.partition(), -1L) >= place.offset();
  }
}
