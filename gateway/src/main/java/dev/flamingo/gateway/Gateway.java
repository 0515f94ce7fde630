package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.StreamSpec;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

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
  private final AtomicBoolean current = new AtomicBoolean();
  private final GatewayConfig config;
  private final Producer<String, byte[]> producer;
  private final Views views;
  private final History history;
  private final LiveHub hub = new LiveHub();
  private final FrameShelf frames = new FrameShelf();
  private final Registry registry;
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
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                    ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(365).toMillis())),
            new StringSerializer(),
            new ByteArraySerializer());
    // Fetched now and kept, so that no question waits for it on the loop.
    producer.partitionsFor(config.topics().questions());
    producer.partitionsFor(config.topics().streams());
    views = new Views(config);
    history = new History(vertx, views);
    registry = new Registry(clock);
    Publisher publisher = new Publisher(producer, clock, this::onLoop);
    questions =
        new QuestionDesk(
            config.topics(), publisher, clock, config.grace(), this::caughtUp, this::onLoop);
    tail = new LiveTail(config, new OnLoop());
    Router router = Router.router(vertx);
    api(publisher, clock).addTo(router);
    server = listen(router);
    loop.runOnContext(nothing -> vertx.setPeriodic(EXPIRE_MILLIS, timer -> expire()));
  }

  private HttpApi api(Publisher publisher, Clock clock) {
    Replies replies = new Replies();
    Bodies bodies = new Bodies();
    StreamDesk streams =
        new StreamDesk(config.topics(), registry, frames, publisher, Gateway::newId);
    Health health = new Health(views::running, current::get, questions::waiting, clients::get);
    return new HttpApi(
        new StreamRoutes(streams, registry, frames, history, clock, bodies, replies),
        new QuestionRoutes(questions, history, hub, Gateway::newId, bodies, replies),
        new ModelRoutes(replies),
        new HealthRoutes(health, replies),
        bodies,
        replies);
  }

  private void onLoop(Runnable task) {
    loop.runOnContext(nothing -> task.run());
  }

  private Future<Void> caughtUp() {
    return tail.caughtUp();
  }

  private void expire() {
    questions.expire();
    registry.expire();
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
            socket,
            newId(),
            hub,
            registry,
            questions,
            history,
            config.openQuestions(),
            clients::decrementAndGet)
        .open();
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  /** Returns the port it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Returns whether the views and the tail are up to date, so that everything can be served. */
  public boolean ready() {
    return views.running() && current.get();
  }

  /** Brings what the tail reads to the loop. */
  private final class OnLoop implements LiveListener {

    @Override
    public void answer(Answer answer) {
      onLoop(() -> questions.hear(answer));
    }

    @Override
    public void delta(AnswerDelta delta) {
      onLoop(() -> questions.hear(delta));
    }

    @Override
    public void caption(String stream, Answer caption) {
      onLoop(() -> hub.caption(stream, caption));
    }

    @Override
    public void registration(String stream, @Nullable StreamSpec spec, TopicPlace place) {
      onLoop(() -> registry.registration(stream, spec, place));
    }

    @Override
    public void status(String stream, @Nullable StreamStatus status) {
      onLoop(
          () -> {
            registry.status(stream, status);
            if (status != null) {
              hub.status(stream, status);
            }
          });
    }

    @Override
    public void current(boolean reads) {
      onLoop(() -> current.set(reads));
    }

    @Override
    public void frame(ConsumerRecord<String, byte[]> frame) {
      onLoop(() -> frames.add(frame));
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
