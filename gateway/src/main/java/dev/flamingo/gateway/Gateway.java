package dev.flamingo.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway: one event loop holds all that clients share, so nothing in it needs a lock. */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final long EXPIRE_MILLIS = 250;
  private static final long PROBE_MILLIS = 5_000;
  private static final long STOP_SECONDS = 5;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Vertx vertx;
  private final Context loop;
  private final Registry registry;
  private final QuestionDesk questions;
  private final LiveTail tail;
  private final Signs signs;
  private final Health health;
  private final GatewayServer server;

  private Gateway(GatewayConfig config, Doorkeeper doorkeeper, Clock clock) throws IOException {
    try {
      Producer<String, byte[]> producer = producer(config);
      Views views = new Views(config);
      parts.push(views);
      vertx = Vertx.vertx();
      parts.push(this::closeVertx);
      loop = vertx.getOrCreateContext();
      History history = new History(vertx, views);
      registry = new Registry(clock);
      signs = new Signs(clock);
      Publisher publisher = new Publisher(producer, clock, this::onLoop);
      questions =
          new QuestionDesk(
              config.topics(), publisher, clock, config.grace(), this::caughtUp, this::onLoop);
      LiveHub hub = new LiveHub();
      ShownPictures shown = new ShownPictures();
      StreamDesk streams =
          new StreamDesk(config.topics(), registry, shown, publisher, Gateway::newId);
      tail =
          new LiveTail(
              config, new LoopListener(this::onLoop, questions, hub, registry, shown, signs));
      parts.push(tail);
      health = new Health(views::running, signs, registry, questions::unanswered);
      Replies replies = new Replies();
      Bodies bodies = new Bodies();
      Gatekeeper gatekeeper = new Gatekeeper(config.access().token(), clock);
      server = new GatewayServer(loop, config, doorkeeper, gatekeeper);
      server.listen(
          new HttpApi(
              doorkeeper,
              gatekeeper,
              new StreamRoutes(streams, registry, shown, history, clock, bodies, replies),
              new QuestionRoutes(questions, history, hub, Gateway::newId, bodies, replies),
              new ModelRoutes(registry, replies),
              new HealthRoutes(health, new Numbers(questions::waiting, server::clients), replies),
              bodies,
              replies,
              clock),
          (socket, left) ->
              new LiveSession(
                      socket,
                      newId(),
                      hub,
                      registry,
                      questions,
                      history,
                      config.openQuestions(),
                      left)
                  .open());
      onLoop(
          () -> {
            vertx.setPeriodic(EXPIRE_MILLIS, timer -> expire());
            vertx.setPeriodic(PROBE_MILLIS, timer -> probe());
          });
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Producer<String, byte[]> producer(GatewayConfig config) {
    Producer<String, byte[]> producer =
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
    parts.push(producer);
    // Fetched now and kept, so that no question waits for it on the loop.
    producer.partitionsFor(config.topics().questions());
    producer.partitionsFor(config.topics().streams());
    return producer;
  }

  /**
   * Starts a gateway. The topics must exist.
   *
   * @throws IOException if the port is in use
   * @throws IllegalArgumentException if others could reach it without a token, or a host or an
   *     address of its access is none
   */
  public static Gateway start(GatewayConfig config) throws IOException {
    config.access().check(config.host());
    Doorkeeper doorkeeper = new Doorkeeper(config.host(), config.access());
    return new Gateway(config, doorkeeper, Clock.systemUTC());
  }

  private static String newId() {
    return UUID.randomUUID().toString();
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

  private void probe() {
    tail.caughtUp().onSuccess(done -> onLoop(signs::ofKafka));
  }

  /** Returns the port it listens on. */
  public int port() {
    return server.port();
  }

  /** Returns whether the views and the tail are up to date, so that everything can be served. */
  public boolean ready() {
    return health.works();
  }

  private void closeVertx() throws ExecutionException, TimeoutException, InterruptedException {
    vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("a part of the gateway does not close: {}", e.toString());
      }
    }
  }
}
