package dev.flamingo.job;

import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.OutboundRecordSchema;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.ReceivedRecordSchema;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Where the job's records come from, and where they go. */
final class KafkaEnds {

  private final JobConfig config;
  private final Topics topics;

  KafkaEnds(JobConfig config) {
    this.config = config;
    topics = new Topics(config.prefix());
  }

  /** Returns the records of a topic from the group's place on. */
  DataStream<ReceivedRecord> goingOn(
      StreamExecutionEnvironment environment, String topic, String name) {
    return received(environment, topic, name, OffsetsInitializer.committedOffsets(earliest()));
  }

  /**
   * Returns the records of a registry, which is small and compacted: a job without a checkpoint has
   * to see all of it.
   */
  DataStream<ReceivedRecord> whole(
      StreamExecutionEnvironment environment, String topic, String name) {
    return received(environment, topic, name, OffsetsInitializer.earliest());
  }

  @SuppressWarnings("deprecation") // the connector asks for this enumeration of Kafka's
  private static OffsetResetStrategy earliest() {
    return OffsetResetStrategy.EARLIEST;
  }

  private DataStream<ReceivedRecord> received(
      StreamExecutionEnvironment environment, String topic, String name, OffsetsInitializer start) {
    Properties kafka = new Properties();
    // A question of a transaction that is aborted was never asked. Frames are taken as they come: a
    // transaction that is left open would blind all cameras of its partition.
    boolean committed = !topic.equals(topics.frames());
    kafka.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG, committed ? "read_committed" : "read_uncommitted");
    kafka.putAll(config.kafka().properties());
    KafkaSource<ReceivedRecord> source =
        KafkaSource.<ReceivedRecord>builder()
            .setProperties(kafka)
            .setTopics(topic)
            .setGroupId(config.group())
            .setClientIdPrefix(config.group() + "-" + name)
            .setStartingOffsets(start)
            .setDeserializer(new ReceivedRecordSchema())
            .build();
    return environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), name)
        .uid(name)
        .setParallelism(config.parallelism());
  }

  KafkaSink<OutboundRecord> sink() {
    Properties kafka = new Properties();
    kafka.putAll(config.kafka().properties());
    kafka.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    kafka.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topics.LARGEST_DEAD_LETTER));
    return KafkaSink.<OutboundRecord>builder()
        .setKafkaProducerConfig(kafka)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new OutboundRecordSchema(config.prefix()))
        .build();
  }
}
