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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes which model is served: once, or every ten seconds on a thread of its own. */
public final class ModelHeartbeat implements AutoCloseable {

  /** Time between two records. */
  public static final Duration EVERY = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(ModelHeartbeat.class);
  private static final String TYPE = "dev.flamingo.served-model.v1";
  private static final int LONGEST_BLOCK_MILLIS = 2_000;

  private final JsonSerde<ServedModel> json = new JsonSerde<>(ServedModel.class);
  private final ModelDescription model;
  private final String topic;
  private final InstantSource clock;
  private final Producer<byte[], byte[]> producer;
  private @Nullable ScheduledExecutorService timer;

  /**
   * Prepares to write.
   *
   * @param kafka settings of the producer
   */
  public ModelHeartbeat(
      Map<String, Object> kafka, Topics topics, ModelDescription model, InstantSource clock) {
    this.model = model;
    this.clock = clock;
    topic = topics.models();
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 20);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK_MILLIS);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Begins to write, at once and every ten seconds; call once. */
  void start() {
    ScheduledExecutorService fresh =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "flamingo-model-heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    timer = fresh;
    var unused =
        fresh.scheduleWithFixedDelay(this::beat, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Writes that the model is served now; {@link #close} waits for Kafka for a moment. */
  public void beat() {
    ServedModel served =
        new ServedModel(
            model.hash(),
            model.frameSize(),
            model.resize(),
            model.padding(),
            model.windowFrames(),
            ServedModel.DEFAULT_SPACING_MS,
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
    if (timer != null) {
      timer.shutdownNow();
    }
    producer.close(Duration.ofSeconds(1));
  }
}
