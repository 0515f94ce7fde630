package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.StreamStatus;
import dev.flamingo.events.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ends of the topics as they grow. Every gateway reads all of them: a client may be
 * connected to any.
 */
final class LiveTail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveTail.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int LAST_FRAMES = 8;

  private final Topics topics;
  private final LiveListener listener;
  private final KafkaConsumer<String, byte[]> consumer;
  private final JsonSerde<Answer> answers = new JsonSerde<>(Answer.class);
  private final JsonSerde<AnswerDelta> deltas = new JsonSerde<>(AnswerDelta.class);
  private final JsonSerde<StreamStatus> states = new JsonSerde<>(StreamStatus.class);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "live-tail");

  LiveTail(GatewayConfig config, LiveListener listener) {
    topics = config.topics();
    this.listener = listener;
    consumer =
        new KafkaConsumer<>(
            config.client(
                Map.of(
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "latest",
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                    100)),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    seek();
    thread.start();
  }

  private void seek() {
    List<TopicPartition> partitions =
        Stream.of(
                topics.answers(),
                topics.answerDeltas(),
                topics.captions(),
                topics.streamStatus(),
                topics.frames())
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    ends.forEach(
        (partition, end) -> {
          boolean frames = partition.topic().equals(topics.frames());
          consumer.seek(partition, Math.max(0, frames ? end - LAST_FRAMES : end));
        });
  }

  private void run() {
    try (consumer) {
      while (!closed.get()) {
        try {
          consumer.poll(POLL).forEach(this::hear);
        } catch (WakeupException e) {
          LOG.debug("woken to close");
        } catch (KafkaException e) {
          LOG.warn("cannot read from kafka, trying on: {}", e.toString());
        }
      }
    }
  }

  private void hear(ConsumerRecord<String, byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    try {
      String topic = record.topic();
      if (topic.equals(topics.frames())) {
        listener.frame(record);
      } else if (topic.equals(topics.answerDeltas())) {
        listener.delta(deltas.read(record.value()));
      } else if (topic.equals(topics.answers())) {
        listener.answer(answers.read(record.value()));
      } else if (topic.equals(topics.captions())) {
        listener.caption(record.key(), answers.read(record.value()));
      } else {
        listener.status(record.key(), states.read(record.value()));
      }
    } catch (MalformedEventException e) {
      // The views bury what is malformed; here it is only passed over.
      LOG.debug("passed over {}-{}@{}", record.topic(), record.partition(), record.offset());
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed.set(true);
    consumer.wakeup();
    thread.join(Duration.ofSeconds(5).toMillis());
  }
}
