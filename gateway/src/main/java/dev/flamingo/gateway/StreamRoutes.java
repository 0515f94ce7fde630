package dev.flamingo.gateway;

import dev.flamingo.events.StreamId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Streams over HTTP: their registrations, frames and captions. */
final class StreamRoutes {

  private final StreamDesk streams;
  private final Registry registry;
  private final ShownPictures shown;
  private final History history;
  private final InstantSource clock;
  private final Bodies bodies;
  private final Replies replies;

  StreamRoutes(
      StreamDesk streams,
      Registry registry,
      ShownPictures shown,
      History history,
      InstantSource clock,
      Bodies bodies,
      Replies replies) {
    this.streams = streams;
    this.registry = registry;
    this.shown = shown;
    this.history = history;
    this.clock = clock;
    this.bodies = bodies;
    this.replies = replies;
  }

  void addTo(Resources resources) {
    resources.add(
        "/v1/streams", Map.of(HttpMethod.GET, this::list, HttpMethod.POST, this::register));
    resources.add(
        "/v1/streams/:id", Map.of(HttpMethod.PATCH, this::patch, HttpMethod.DELETE, this::remove));
    resources.add("/v1/streams/:id/frame.jpg", HttpMethod.GET, this::frame);
    resources.add("/v1/streams/:id/captions", HttpMethod.GET, this::captions);
  }

  private void list(RoutingContext request) {
    replies.json(request, 200, streams.list());
  }

  private void register(RoutingContext request) {
    answer(
        request,
        streams
            .register(bodies.object(request))
            .onSuccess(
                registered ->
                    replies.json(request, registered.created() ? 201 : 200, registered.stream())));
  }

  private void patch(RoutingContext request) {
    answer(
        request,
        streams
            .patch(request.pathParam("id"), bodies.object(request))
            .onSuccess(stream -> replies.json(request, 200, stream)));
  }

  private void remove(RoutingContext request) {
    answer(
        request,
        streams
            .remove(request.pathParam("id"))
            .onSuccess(done -> request.response().setStatusCode(204).end()));
  }

  private void frame(RoutingContext request) {
    String id = stream(request);
    Optional<Instant> at = new QueryInstant(request).read("at");
    Optional<byte[]> frame = at.isPresent() ? shown.at(id, at.get()) : shown.newest(id);
    if (frame.isEmpty()) {
      throw new HttpError(404, "no-video", "there is no such frame of stream " + id);
    }
    Instant captured = at.orElseGet(() -> shown.span(id).orElseThrow().to());
    request
        .response()
        .putHeader("Captured-At", captured.toString())
        // The newest is asked for anew each time; a client may keep it, to learn that it is still
        // so.
        .putHeader("Cache-Control", at.isPresent() ? "private, max-age=600" : "private, no-cache");
    Version version = version(captured, frame.get());
    version.writeTo(request.response());
    if (version.isKnownTo(request.request())) {
      request.response().setStatusCode(304).end();
    } else {
      request.response().putHeader("Content-Type", "image/jpeg").end(Buffer.buffer(frame.get()));
    }
  }

  private static Version version(Instant captured, byte[] jpeg) {
    CRC32C sum = new CRC32C();
    sum.update(jpeg);
    return Version.of("\"%x-%x\"".formatted(captured.toEpochMilli(), sum.getValue()), captured);
  }

  private void captions(RoutingContext request) {
    String id = stream(request);
    QueryInstant query = new QueryInstant(request);
    Instant from = query.read("from").orElse(Instant.EPOCH);
    Instant to = query.read("to").orElseGet(clock::instant);
    answer(
        request,
        history
            .captions(id, from, to)
            .onSuccess(
                captions -> {
                  if (captions.isEmpty() && !registry.knows(id)) {
                    replies.error(request, 404, "unknown-stream", "there is no stream " + id);
                  } else {
                    replies.json(request, 200, captions);
                  }
                }));
  }

  private void answer(RoutingContext request, Future<?> outcome) {
    outcome.onFailure(error -> replies.failed(request, error));
  }

  private static String stream(RoutingContext request) {
    return new StreamId(request.pathParam("id")).value();
  }
}
