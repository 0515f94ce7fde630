package dev.flamingo.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the records of all {@link Outbox outboxes} to Kafka, one at a time from each, again and
 * again until they arrive. On a thread of its own, because a producer that does not know its
 * brokers blocks whoever sends: that must not be a camera's reader.
 */
final class FramePublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FramePublisher.class);
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final Producer<String, byte[]> producer;
  private final ScheduledThreadPoolExecutor carrier;
  private final AtomicBoolean away = new AtomicBoolean();

  /**
   * Starts the thread.
   *
   * @param producer closed by this object
   */
  FramePublisher(Producer<String, byte[]> producer) {
    this.producer = producer;
    this.carrier =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "frame-publisher");
              thread.setDaemon(true);
              return thread;
            });
    carrier.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Puts a record into an outbox; if there is no room, the oldest one there is lost. */
  void publish(Outbox outbox, ProducerRecord<String, byte[]> letter) {
    if (outbox.addDropping(letter)) {
      carry(outbox, Duration.ZERO);
    }
  }

  /** Puts a record into an outbox, waiting for room. */
  void publishPatiently(Outbox outbox, ProducerRecord<String, byte[]> letter)
      throws InterruptedException {
    if (outbox.addWaiting(letter)) {
      carry(outbox, Duration.ZERO);
    }
  }

  private void carry(Outbox outbox, Duration after) {
    try {
      var unused = carrier.schedule(() -> send(outbox), after.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed while a record was on its way", e);
    }
  }

  private void send(Outbox outbox) {
    ProducerRecord<String, byte[]> letter = outbox.first();
    if (letter == null) {
      return;
    }
    try {
      var unused = producer.send(letter, (metadata, error) -> finish(outbox, letter, error));
    } catch (RuntimeException | Error e) {
      // A task that throws is lost, and with it whatever else its outbox holds.
      finish(outbox, letter, e);
    }
  }

  private void finish(
      Outbox outbox, ProducerRecord<String, byte[]> letter, @Nullable Throwable error) {
    if (error == null) {
      if (away.compareAndSet(true, false)) {
        LOG.info("kafka takes records again");
      }
      outbox.remove(letter);
      carry(outbox, Duration.ZERO);
      return;
    }
    String refusal = refusal(letter, error);
    if (refusal != null) {
      LOG.error("gave up a record of stream {}: {}", letter.key(), refusal, error);
      outbox.refuse(letter, refusal);
      carry(outbox, Duration.ZERO);
    } else {
      if (away.compareAndSet(false, true)) {
        LOG.warn("kafka takes no records, trying on: {}", error.toString());
      }
      carry(outbox, RETRY_AFTER);
    }
  }

  /**
   * Why Kafka will never take a record; null if it may. One record that is refused fails its whole
   * batch, and the others get an error that looks final and has no type: these are sent again.
   */
  private static @Nullable String refusal(ProducerRecord<String, byte[]> letter, Throwable error) {
    if (error instanceof InvalidTimestampException) {
      return "kafka does not take the time %s: compare this machine's clock with the broker's"
          .formatted(letter.timestamp() == null ? "of this machine" : instant(letter));
    }
    if (error instanceof RecordTooLargeException) {
      return "kafka does not take %d bytes in one record; raise max.message.bytes of %s"
          .formatted(letter.value() == null ? 0 : letter.value().length, letter.topic());
    }
    if (error instanceof SerializationException) {
      return "a record cannot be written as bytes";
    }
    return null;
  }

  private static Instant instant(ProducerRecord<String, byte[]> letter) {
    return Instant.ofEpochMilli(letter.timestamp());
  }

  /** Sends what is on its way within bounds; what still waits in outboxes is lost. */
  @Override
  public void close() {
    carrier.shutdownNow();
    producer.close(Duration.ofSeconds(2));
  }
}
