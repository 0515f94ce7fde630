package dev.flamingo.gateway;

import dev.flamingo.events.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A consumer of what the tail reads, which begins where an earlier one stopped. Only {@link
 * #wakeup} may be called from another thread.
 */
final class TailConsumer implements AutoCloseable {

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);
  private static final int LAST_PICTURES = 8;

  private final Topics topics;
  private final Map<TopicPartition, Long> next;
  private final KafkaConsumer<String, byte[]> consumer;

  /**
   * Opens one: the compacted topics are read from their beginning, the others from their ends.
   *
   * @param next where to go on; kept up to date
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
   */
  TailConsumer(GatewayConfig config, Map<TopicPartition, Long> next) {
    topics = config.topics();
    this.next = next;
    consumer =
        new KafkaConsumer<>(
            config.client(
                Map.of(
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "latest",
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                    100)),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    try {
      seek();
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private void seek() {
    List<TopicPartition> partitions =
        Stream.of(
                topics.answers(),
                topics.answerDeltas(),
                topics.captions(),
                topics.frames(),
                topics.pictures(),
                topics.streams(),
                topics.streamStatus(),
                topics.models())
            .flatMap(this::partitions)
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    begins.forEach(
        (partition, begin) ->
            next.putIfAbsent(
                partition, first(partition.topic(), begin, ends.getOrDefault(partition, begin))));
    next.forEach(consumer::seek);
  }

  private long first(String topic, long begin, long end) {
    if (isWhole(topic)) {
      return begin;
    }
    boolean shown = topic.equals(topics.frames()) || topic.equals(topics.pictures());
    return shown ? Math.max(begin, end - LAST_PICTURES) : end;
  }

  private boolean isWhole(String topic) {
    return topic.equals(topics.streams())
        || topic.equals(topics.streamStatus())
        || topic.equals(topics.models());
  }

  private Stream<TopicPartition> partitions(String topic) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    return Objects.requireNonNullElse(partitions, List.<PartitionInfo>of()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()));
  }

  ConsumerRecords<String, byte[]> poll(Duration longest) {
    return consumer.poll(longest);
  }

  /** Notes that a record was read, so that reading goes on behind it. */
  void done(ConsumerRecord<String, byte[]> record) {
    next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
  }

  /** Returns where the compacted topics end now. */
  Map<TopicPartition, Long> endsOfWhole() {
    return ends(next.keySet().stream().filter(it -> isWhole(it.topic())).toList());
  }

  /**
   * Returns where the answers end now.
   *
   * @throws org.apache.kafka.common.errors.TimeoutException if Kafka does not say it soon
   */
  Map<TopicPartition, Long> endsOfAnswers() {
    return ends(next.keySet().stream().filter(it -> it.topic().equals(topics.answers())).toList());
  }

  private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return new HashMap<>(consumer.endOffsets(partitions, ENDS_WITHIN));
  }

  /** Returns whether everything before these places was polled. */
  boolean passed(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
