package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.StreamStatus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The gateway: one event loop holds all that clients share, so nothing in it needs a lock. */
public final class Gateway implements AutoCloseable {

  private static final String PATH = "/v1/live";
  private static final int LARGEST_MESSAGE = 1 << 20;
  private static final long EXPIRE_MILLIS = 250;
  private static final long START_SECONDS = 20;
  private static final long STOP_SECONDS = 5;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final AtomicInteger clients = new AtomicInteger();
  private final GatewayConfig config;
  private final Producer<String, byte[]> producer;
  private final Views views;
  private final LiveHub hub = new LiveHub();
  private final FrameShelf frames = new FrameShelf();
  private final QuestionDesk questions;
  private final LiveTail tail;
  private final HttpServer server;

  private Gateway(GatewayConfig config, Clock clock) throws IOException {
    this.config = config;
    producer =
        new KafkaProducer<>(
            config.client(
                Map.of(
                    ProducerConfig.LINGER_MS_CONFIG, 0,
                    ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000,
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000)),
            new StringSerializer(),
            new ByteArraySerializer());
    // Fetched now, so that the first question does not wait for it on the loop.
    producer.partitionsFor(config.topics().questions());
    views = new Views(config);
    questions =
        new QuestionDesk(
            config.topics(), producer, clock, task -> loop.runOnContext(nothing -> task.run()));
    tail = new LiveTail(config, new OnLoop());
    StreamDesk streams = new StreamDesk(config.topics(), producer, clock, Gateway::newId);
    Health health = new Health(views::running, questions::waiting, clients::get);
    Router router = Router.router(vertx);
    new HttpApi(views, frames, hub, questions, streams, health, clock, Gateway::newId)
        .addTo(router);
    server = listen(router);
    loop.runOnContext(nothing -> vertx.setPeriodic(EXPIRE_MILLIS, timer -> questions.expire()));
  }

  /**
   * Starts a gateway. The topics must exist.
   *
   * @throws IOException if the port is in use
   */
  public static Gateway start(GatewayConfig config) throws IOException {
    return new Gateway(config, Clock.systemUTC());
  }

  private HttpServer listen(Router router) throws IOException {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setCompressionSupported(true)
            .setMaxWebSocketFrameSize(LARGEST_MESSAGE)
            .setMaxWebSocketMessageSize(LARGEST_MESSAGE)
            .setWebSocketSubProtocols(List.of("flamingo.v1"));
    Future<HttpServer> listening =
        Future.future(
            promise ->
                loop.runOnContext(
                    nothing ->
                        vertx
                            .createHttpServer(options)
                            .requestHandler(router)
                            .webSocketHandshakeHandler(Gateway::admit)
                            .webSocketHandler(this::accept)
                            .listen()
                            .onComplete(promise)));
    try {
      return listening
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new IOException(
          "port %d is in use: choose another with --port".formatted(config.port()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IOException("interrupted while starting", e);
    }
  }

  private static void admit(ServerWebSocketHandshake handshake) {
    if (!handshake.path().equals(PATH)) {
      ignore(handshake.reject(404));
    } else if (Origin.foreign(handshake.headers())) {
      ignore(handshake.reject(403));
    } else {
      ignore(handshake.accept());
    }
  }

  private static void ignore(Future<?> outcome) {
    outcome.otherwiseEmpty();
  }

  private void accept(ServerWebSocket socket) {
    clients.incrementAndGet();
    new LiveSession(
            socket, newId(), hub, questions, config.openQuestions(), clients::decrementAndGet)
        .open();
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  /** Returns the port it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Returns whether the views are up to date, so that everything can be served. */
  public boolean ready() {
    return views.running();
  }

  /** Brings what the tail hears to the loop. */
  private final class OnLoop implements LiveListener {

    @Override
    public void answer(Answer answer) {
      loop.runOnContext(nothing -> questions.hear(answer));
    }

    @Override
    public void delta(AnswerDelta delta) {
      loop.runOnContext(nothing -> questions.hear(delta));
    }

    @Override
    public void caption(String stream, Answer caption) {
      loop.runOnContext(nothing -> hub.caption(stream, caption));
    }

    @Override
    public void status(String stream, StreamStatus status) {
      loop.runOnContext(nothing -> hub.status(stream, status));
    }

    @Override
    public void frame(ConsumerRecord<String, byte[]> frame) {
      loop.runOnContext(nothing -> frames.add(frame));
    }
  }

  @Override
  public void close() {
    try {
      tail.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
    views.close();
    producer.close();
  }
}
