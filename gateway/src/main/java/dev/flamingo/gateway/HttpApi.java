package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.events.Question;
import dev.flamingo.events.StreamId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;

/** The HTTP part of the contract. */
final class HttpApi {

  private static final long LARGEST_BODY = 1 << 20;
  private static final String JSON = "application/json";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Views views;
  private final FrameShelf frames;
  private final LiveHub hub;
  private final QuestionDesk questions;
  private final StreamDesk streams;
  private final Health health;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final ClientQuestion reader = new ClientQuestion();

  HttpApi(
      Views views,
      FrameShelf frames,
      LiveHub hub,
      QuestionDesk questions,
      StreamDesk streams,
      Health health,
      InstantSource clock,
      Supplier<String> ids) {
    this.views = views;
    this.frames = frames;
    this.hub = hub;
    this.questions = questions;
    this.streams = streams;
    this.health = health;
    this.clock = clock;
    this.ids = ids;
  }

  /** Adds the routes. */
  void addTo(Router router) {
    router.route().handler(this::secure);
    router.post().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
    router.get("/v1/streams").handler(request -> json(request, 200, listed()));
    router.post("/v1/streams").handler(this::register);
    router.delete("/v1/streams/:id").handler(this::remove);
    router.get("/v1/streams/:id/frame.jpg").handler(this::frame);
    router.get("/v1/streams/:id/captions").handler(this::captions);
    router.post("/v1/questions").handler(this::ask);
    router.get("/v1/questions/:id").handler(this::answer);
    router.get("/health/live").handler(request -> json(request, 200, Map.of("status", "UP")));
    router.get("/health/ready").handler(this::ready);
    router.get("/metrics").handler(this::metrics);
    router
        .route("/v1/*")
        .handler(request -> request.fail(new HttpError(404, "not-found", "there is no such path")));
    router
        .route()
        .method(HttpMethod.GET)
        .handler(StaticHandler.create("web").setCachingEnabled(false));
    router.route().failureHandler(this::fail);
    router.errorHandler(404, request -> error(request, 404, "not-found", "there is no such path"));
    router.errorHandler(
        405, request -> error(request, 405, "not-allowed", "this path takes another method"));
    router.errorHandler(
        413, request -> error(request, 413, "too-large", "a body has at most 1 MB"));
  }

  private void secure(RoutingContext request) {
    request
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
    boolean reads = request.request().method().equals(HttpMethod.GET);
    if (!reads && Origin.foreign(request.request().headers())) {
      throw new HttpError(403, "foreign-origin", "a page of another site cannot ask this of us");
    }
    request.next();
  }

  private List<StreamDesk.Listed> listed() {
    return streams.list(views.streams(), views.states(), frames);
  }

  private void register(RoutingContext request) {
    json(request, 201, streams.register(reader.object(body(request))));
  }

  private void remove(RoutingContext request) {
    String id = stream(request);
    if (!views.streams().containsKey(id)) {
      throw new HttpError(404, "unknown-stream", "there is no stream " + id);
    }
    streams.remove(id);
    request.response().setStatusCode(204).end();
  }

  private void frame(RoutingContext request) {
    String id = stream(request);
    Instant at = instant(request, "at");
    Optional<byte[]> frame = at == null ? frames.newest(id) : frames.at(id, at);
    if (frame.isEmpty()) {
      throw new HttpError(404, "no-video", "there is no such frame of stream " + id);
    }
    Instant captured = at == null ? frames.span(id).orElseThrow().to() : at;
    request
        .response()
        .putHeader("Content-Type", "image/jpeg")
        .putHeader("Captured-At", captured.toString())
        .putHeader("Cache-Control", at == null ? "no-store" : "max-age=600")
        .end(Buffer.buffer(frame.get()));
  }

  private void captions(RoutingContext request) {
    Instant from = Objects.requireNonNullElse(instant(request, "from"), Instant.EPOCH);
    Instant to = Objects.requireNonNullElseGet(instant(request, "to"), clock::instant);
    json(request, 200, views.captions(stream(request), from, to));
  }

  private void answer(RoutingContext request) {
    String id = request.pathParam("id");
    Optional<Answer> answer = views.answer(id);
    if (answer.isPresent()) {
      json(request, 200, answer.get());
    } else if (questions.waits(id)) {
      json(request, 202, Map.of("id", id, "status", "waiting"));
    } else {
      throw new HttpError(404, "not-found", "there is no answer to question " + id);
    }
  }

  private void ask(RoutingContext request) {
    Question asked = reader.question(reader.object(body(request)));
    String id = asked.id() == null ? ids.get() : asked.id();
    Question question = asked.withId(id);
    boolean stream = String.valueOf(request.request().getHeader("Accept")).contains("event-stream");
    AnswerListener listener = stream ? new Spoken(request.response()) : new Waiting(request);
    Optional<Answer> known = views.answer(id);
    if (known.isPresent()) {
      listener.end(known.get());
      return;
    }
    if (questions.waits(id)) {
      throw new HttpError(409, "bad-question", "a question with this id waits already");
    }
    if (questions.full()) {
      throw new HttpError(429, "overloaded", "too many questions wait: ask again later");
    }
    if (listener instanceof Spoken spoken) {
      spoken.begin(question);
    }
    request.response().closeHandler(nothing -> questions.forget(id));
    questions.ask(question, listener);
  }

  /** Waits for the end and answers with it. */
  private final class Waiting implements AnswerListener {

    private final RoutingContext request;

    Waiting(RoutingContext request) {
      this.request = request;
    }

    @Override
    public void delta(AnswerDelta delta) {}

    @Override
    public void end(Answer answer) {
      boolean failed = answer.status() == AnswerStatus.FAILED && answer.error() != null;
      int status = failed ? HttpError.status(Objects.requireNonNull(answer.error()).code()) : 200;
      json(request, status, answer);
    }
  }

  /** Tells an answer as it comes, as server-sent events. */
  private final class Spoken implements AnswerListener {

    private final HttpServerResponse response;

    Spoken(HttpServerResponse response) {
      this.response = response;
    }

    void begin(Question question) {
      head();
      write(hub.event("answer.created").put("id", question.id()).put("stream", question.stream()));
    }

    @Override
    public void delta(AnswerDelta delta) {
      write(hub.event("answer.delta", delta));
    }

    @Override
    public void end(Answer answer) {
      if (!response.headWritten()) {
        head();
      }
      write(hub.event("answer." + answer.status().wireName(), answer));
      response.end();
    }

    private void head() {
      response
          .setChunked(true)
          .putHeader("Content-Type", "text/event-stream")
          .putHeader("Cache-Control", "no-store")
          // A compressor would hold the words back until the end.
          .putHeader("Content-Encoding", "identity");
    }

    private void write(ObjectNode event) {
      String type = event.get("type").asText();
      response.write("event: " + type + "\ndata: " + Buffer.buffer(reader.write(event)) + "\n\n");
    }
  }

  private void ready(RoutingContext request) {
    Health.Report report = health.report();
    json(request, report.up() ? 200 : 503, report);
  }

  private void metrics(RoutingContext request) {
    request
        .response()
        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        .end(health.prometheus());
  }

  private static byte[] body(RoutingContext request) {
    Buffer body = request.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
  }

  private static String stream(RoutingContext request) {
    return new StreamId(request.pathParam("id")).value();
  }

  private static @Nullable Instant instant(RoutingContext request, String name) {
    String text = request.request().getParam(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new HttpError(400, "bad-request", name + " is no instant such as 2026-01-01T00:00:00Z");
    }
  }

  private void json(RoutingContext request, int status, Object body) {
    if (!request.response().ended() && !request.response().closed()) {
      request
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", JSON)
          .putHeader("Cache-Control", "no-store")
          .end(Buffer.buffer(reader.write(body)));
    }
  }

  private void fail(RoutingContext request) {
    Throwable cause = request.failure();
    if (cause instanceof HttpError error) {
      error(request, error.status(), error.code(), String.valueOf(error.getMessage()));
    } else if (cause instanceof IllegalArgumentException) {
      error(request, 400, "bad-request", String.valueOf(cause.getMessage()));
    } else if (cause instanceof InvalidStateStoreException) {
      error(request, 503, "starting", "the views are being restored: try again soon");
    } else if (cause == null) {
      request.next();
    } else {
      error(request, 500, "internal", "a fault of ours: see the log");
    }
  }

  private void error(RoutingContext request, int status, String code, String message) {
    json(request, status, Map.of("error", Map.of("code", code, "message", message)));
  }
}
