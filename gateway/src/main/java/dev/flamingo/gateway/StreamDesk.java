package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.RedactedUri;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.StreamState;
import dev.flamingo.events.StreamStatus;
import dev.flamingo.events.Topics;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists streams and changes their registrations. A change is done when Kafka has it and the
 * registry shows it; changes of one stream follow one another. Used on the loop.
 */
final class StreamDesk {

  private static final Logger LOG = LoggerFactory.getLogger(StreamDesk.class);

  private final Topics topics;
  private final Registry registry;
  private final ShownPictures shown;
  private final Publisher publisher;
  private final Supplier<String> ids;
  private final StreamForm form = new StreamForm();
  private final JsonSerde<StreamSpec> serde = new JsonSerde<>(StreamSpec.class);
  private final Map<String, Future<?>> changes = new HashMap<>();

  StreamDesk(
      Topics topics,
      Registry registry,
      ShownPictures shown,
      Publisher publisher,
      Supplier<String> ids) {
    this.topics = topics;
    this.registry = registry;
    this.shown = shown;
    this.publisher = publisher;
    this.ids = ids;
  }

  /**
   * A stream as it is shown.
   *
   * @param uri without its secrets
   * @param pictures the capture instants between which its frames can be fetched
   */
  record Listed(
      String id,
      String uri,
      boolean enabled,
      boolean captions,
      Map<String, String> labels,
      int snapshotSeconds,
      @Nullable StreamState state,
      @Nullable Instant since,
      @Nullable String reason,
      FrameShelf.@Nullable Span pictures) {}

  /**
   * The outcome of a registration.
   *
   * @param created whether the stream is new; otherwise the same was registered before
   */
  record Registered(Listed stream, boolean created) {}

  List<Listed> list() {
    return registry.streams().entrySet().stream()
        .map(entry -> listed(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Listed listed(String id, StreamSpec spec) {
    Optional<StreamStatus> status = registry.state(id);
    return new Listed(
        id,
        RedactedUri.of(spec.uri()).text(),
        spec.enabled(),
        spec.captions(),
        spec.labels(),
        spec.snapshotSeconds(),
        status.map(StreamStatus::state).orElse(null),
        status.map(StreamStatus::since).orElse(null),
        status.map(StreamStatus::reason).orElse(null),
        shown.span(id).orElse(null));
  }

  /**
   * Registers a stream.
   *
   * @return fails with an {@link HttpError} where the id is taken by another registration, or Kafka
   *     does not take it
   * @throws IllegalArgumentException if a field is wrong
   */
  Future<Registered> register(JsonNode request) {
    String id = form.id(request);
    StreamSpec spec = form.spec(request);
    return inTurn(
        id,
        () -> {
          StreamSpec known = registry.streams().get(id);
          if (spec.equals(known)) {
            return Future.succeededFuture(new Registered(listed(id, spec), false));
          }
          if (known != null) {
            throw new HttpError(
                409,
                "stream-exists",
                "there is a stream %1$s with other values: change it by PATCH /v1/streams/%1$s,"
                        .formatted(id)
                    + " or choose another id");
          }
          return publish(id, serde.write(spec), "dev.flamingo.stream.registered.v1")
              .map(done -> new Registered(listed(id, spec), true));
        });
  }

  /**
   * Changes a registration by a JSON merge patch.
   *
   * @return fails with an {@link HttpError} where there is no such stream, or Kafka does not take
   *     the change; with an {@link IllegalArgumentException} where a field is wrong
   */
  Future<Listed> patch(String id, JsonNode patch) {
    return inTurn(
        id,
        () -> {
          StreamSpec known = registered(id);
          StreamSpec spec = form.patched(id, known, patch);
          return spec.equals(known)
              ? Future.succeededFuture(listed(id, known))
              : publish(id, serde.write(spec), "dev.flamingo.stream.changed.v1")
                  .map(done -> listed(id, spec));
        });
  }

  /**
   * Removes a stream.
   *
   * @return fails with an {@link HttpError} where there is no such stream, or Kafka does not take
   *     the removal
   */
  Future<Void> remove(String id) {
    return inTurn(
        id,
        () -> {
          var unused = registered(id);
          return publish(id, null, "dev.flamingo.stream.removed.v1");
        });
  }

  private StreamSpec registered(String id) {
    StreamSpec spec = registry.streams().get(id);
    if (spec == null) {
      throw new HttpError(404, "unknown-stream", "there is no stream " + id);
    }
    return spec;
  }

  private <T> Future<T> inTurn(String id, Supplier<Future<T>> change) {
    Future<?> before = changes.getOrDefault(id, Future.succeededFuture());
    Future<T> turn = before.transform(ended -> change.get());
    changes.put(id, turn);
    return turn.onComplete(ended -> changes.remove(id, turn));
  }

  private Future<Void> publish(String id, byte @Nullable [] value, String type) {
    return publisher
        .send(topics.streams(), id, value, ids.get(), type)
        .recover(
            error -> {
              LOG.warn(
                  "kafka did not take the registration of stream {}: {}", id, error.toString());
              return Future.failedFuture(
                  new HttpError(
                      503,
                      "kafka-unavailable",
                      "kafka did not take the change of stream %s: try again later".formatted(id)));
            })
        .compose(registry::read);
  }
}
