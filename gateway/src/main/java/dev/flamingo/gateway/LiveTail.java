package dev.flamingo.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics as they grow. Every gateway reads all of them: a client may be connected to any.
 * Whatever goes wrong, it begins again where it was, and the listener learns of it.
 */
final class LiveTail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveTail.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final GatewayConfig config;
  private final LiveListener listener;
  private final TailReader reader;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final Queue<Promise<Void>> asked = new ConcurrentLinkedQueue<>();
  private final List<CatchUp> catchUps = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile TailConsumer consumer;

  private record CatchUp(Map<TopicPartition, Long> ends, Promise<Void> done) {}

  /**
   * Starts to read; what is written from now on is received.
   *
   * @throws KafkaException if Kafka does not answer
   */
  LiveTail(GatewayConfig config, LiveListener listener) {
    this.config = config;
    this.listener = listener;
    reader = new TailReader(config.topics(), listener);
    consumer = new TailConsumer(config, next);
    thread = new Thread(this::run, "live-tail");
    thread.start();
  }

  /**
   * Returns a future that completes when all answers were received that Kafka has now, and fails
   * when Kafka cannot be asked. It ends on the tail's thread.
   */
  Future<Void> caughtUp() {
    Promise<Void> done = Promise.promise();
    asked.add(done);
    return done.future();
  }

  private void run() {
    TailConsumer opened = consumer;
    int failures = 0;
    while (!isClosed()) {
      boolean lived = opened != null && follow(opened);
      failures = lived ? 1 : failures + 1;
      opened = pause(failures) ? reopened() : null;
    }
    disappoint(new IllegalStateException("the gateway is closing"));
  }

  /** Reads until something goes wrong or the end; returns whether it got as far as the news. */
  private boolean follow(TailConsumer opened) {
    boolean current = false;
    try (opened) {
      Map<TopicPartition, Long> ends = opened.endsOfWhole();
      while (!isClosed()) {
        for (ConsumerRecord<String, byte[]> record : opened.poll(POLL)) {
          // Before it is read: one that breaks the reading must not do so again.
          opened.done(record);
          reader.read(record);
        }
        if (!current && opened.passed(ends)) {
          current = true;
          listener.current(true);
        }
        catchUp(opened);
      }
    } catch (WakeupException e) {
      LOG.debug("woken to close");
    } catch (Exception | Error e) {
      LOG.warn("reading from kafka broke off and will begin again: {}", e.toString());
      disappoint(e);
    }
    listener.current(false);
    return current;
  }

  private void catchUp(TailConsumer opened) {
    List<Promise<Void>> fresh = new ArrayList<>();
    for (Promise<Void> done = asked.poll(); done != null; done = asked.poll()) {
      fresh.add(done);
    }
    if (!fresh.isEmpty()) {
      try {
        Map<TopicPartition, Long> ends = opened.endsOfAnswers();
        fresh.forEach(done -> catchUps.add(new CatchUp(ends, done)));
      } catch (WakeupException e) {
        throw e;
      } catch (KafkaException e) {
        fresh.forEach(done -> done.fail(e));
      }
    }
    List<CatchUp> over = catchUps.stream().filter(it -> opened.passed(it.ends())).toList();
    catchUps.removeAll(over);
    over.forEach(it -> it.done().complete());
  }

  private void disappoint(Throwable why) {
    catchUps.forEach(it -> it.done().fail(why));
    catchUps.clear();
    for (Promise<Void> done = asked.poll(); done != null; done = asked.poll()) {
      done.fail(why);
    }
  }

  private @Nullable TailConsumer reopened() {
    try {
      TailConsumer again = new TailConsumer(config, next);
      consumer = again;
      return again;
    } catch (Exception | Error e) {
      LOG.warn("kafka cannot be read yet: {}", e.toString());
      disappoint(e);
      return null;
    }
  }

  /** Returns whether it may go on. */
  private boolean pause(int failures) {
    long millis =
        Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures, 10));
    try {
      return !closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    consumer.wakeup();
    thread.join(Duration.ofSeconds(5).toMillis());
  }
}
