package dev.flamingo.gateway;

import dev.flamingo.events.CloudEvents;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Writes events to Kafka as CloudEvents. Used on the loop, which also receives the outcomes. */
final class Publisher {

  /** Half of what the producer buffers before a call to it would block the loop. */
  private static final long MOST_BYTES = 16L << 20;

  private final Producer<String, byte[]> producer;
  private final InstantSource clock;
  private final Executor loop;
  private final CloudEvents events = new CloudEvents("/flamingo/gateway");
  private long bytesUnderWay;

  Publisher(Producer<String, byte[]> producer, InstantSource clock, Executor loop) {
    this.producer = producer;
    this.clock = clock;
    this.loop = loop;
  }

  /**
   * Writes an event.
   *
   * @param value null for the removal of what the key names
   * @param eventId the CloudEvent's id
   * @param type the CloudEvent's type
   * @return completes on the loop when Kafka has the record; fails with a {@link
   *     BufferExhaustedException} at once while too many bytes are under way
   */
  Future<TopicPlace> send(
      String topic, String key, byte @Nullable [] value, String eventId, String type) {
    int bytes = value == null ? 0 : value.length;
    if (bytesUnderWay + bytes > MOST_BYTES) {
      return Future.failedFuture(new BufferExhaustedException("kafka is behind"));
    }
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    events.writeTo(record.headers(), eventId, type, clock.instant());
    Promise<TopicPlace> outcome = Promise.promise();
    bytesUnderWay += bytes;
    try {
      var unused =
          producer.send(
              record,
              (metadata, error) ->
                  loop.execute(
                      () -> {
                        bytesUnderWay -= bytes;
                        if (error == null) {
                          outcome.complete(new TopicPlace(metadata.partition(), metadata.offset()));
                        } else {
                          outcome.fail(error);
                        }
                      }));
    } catch (KafkaException | IllegalStateException e) {
      // A producer that is closed, or fenced off for good.
      bytesUnderWay -= bytes;
      outcome.tryFail(e);
    }
    return outcome.future();
  }
}
