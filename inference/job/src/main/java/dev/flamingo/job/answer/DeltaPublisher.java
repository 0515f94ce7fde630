package dev.flamingo.job.answer;

import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends pieces of answers while they are made, past Flink's checkpoints: best effort, and never for
 * longer than a moment in the model's way. Safe for use by several threads.
 */
final class DeltaPublisher implements AutoCloseable {

  private static final String TYPE = "dev.flamingo.answer-delta.v1";
  private static final int LONGEST_BLOCK_MILLIS = 20;

  private final JsonSerde<AnswerDelta> json = new JsonSerde<>(AnswerDelta.class);
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final int attempt;
  private final InstantSource clock;

  /**
   * Makes one.
   *
   * @param attempt how often the job was restarted
   */
  DeltaPublisher(Map<String, Object> kafka, Topics topics, int attempt, InstantSource clock) {
    this.topic = topics.answerDeltas();
    this.attempt = attempt;
    this.clock = clock;
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "1");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    settings.put(ProducerConfig.RETRIES_CONFIG, 0);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK_MILLIS);
    settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(1).toMillis());
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    warmUp();
  }

  /** Asks for the topic's metadata, so that the first piece does not wait for it. */
  private void warmUp() {
    try {
      producer.partitionsFor(topic);
    } catch (KafkaException e) {
      // It was only asked for; the answer comes in the background.
    }
  }

  /** Sends a piece of the answer to a question. */
  void send(String id, int index, String piece) {
    RecordHeaders headers = new RecordHeaders();
    AnswerRecords.EVENTS.writeTo(headers, id + "/" + attempt + "/" + index, TYPE, clock.instant());
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    byte[] value = json.write(new AnswerDelta(id, attempt, index, piece));
    try {
      var unused = producer.send(new ProducerRecord<>(topic, null, null, key, value, headers));
    } catch (KafkaException | IllegalStateException e) {
      // The final answer repeats the whole text.
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
