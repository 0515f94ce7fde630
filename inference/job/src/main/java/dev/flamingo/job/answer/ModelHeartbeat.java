package dev.flamingo.job.answer;

import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.ServedModel;
import dev.flamingo.events.Topics;
import dev.flamingo.job.model.ModelDescription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes which model is served, at once and every ten seconds, on a thread of its own. */
final class ModelHeartbeat implements AutoCloseable {

  /** Time between two records. */
  static final Duration EVERY = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(ModelHeartbeat.class);
  private static final String TYPE = "dev.flamingo.served-model.v1";
  private static final int LONGEST_BLOCK_MILLIS = 2_000;

  private final JsonSerde<ServedModel> json = new JsonSerde<>(ServedModel.class);
  private final ModelDescription model;
  private final String topic;
  private final InstantSource clock;
  private final Producer<byte[], byte[]> producer;
  private final ScheduledExecutorService timer;

  /**
   * Begins to write.
   *
   * @param kafka settings of the producer
   */
  ModelHeartbeat(
      Map<String, Object> kafka, Topics topics, ModelDescription model, InstantSource clock) {
    this.model = model;
    this.clock = clock;
    topic = topics.models();
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 20);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK_MILLIS);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "flamingo-model-heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        timer.scheduleWithFixedDelay(this::write, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void write() {
    ServedModel served =
        new ServedModel(
            model.hash(),
            model.frameSize(),
            model.windowFrames(),
            model.suggestions(),
            model.familiarity(),
            clock.instant());
    RecordHeaders headers = new RecordHeaders();
    AnswerRecords.EVENTS.writeTo(
        headers, model.name() + "/" + served.heartbeat(), TYPE, served.heartbeat());
    byte[] key = model.name().getBytes(StandardCharsets.UTF_8);
    try {
      var unused =
          producer.send(new ProducerRecord<>(topic, null, null, key, json.write(served), headers));
    } catch (KafkaException | IllegalStateException e) {
      LOG.warn(
          "the record of the served model is not written, the next one may be: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    producer.close(Duration.ofSeconds(1));
  }
}
