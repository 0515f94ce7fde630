package dev.flamingo.job.kafka;

import dev.flamingo.events.Topics;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records to the topic that each one names. One that is larger than its topic takes is left
 * out, logged and counted: the sink would fail the job for it, again after every restart. Records
 * carry the time of writing, never one that came from outside: Kafka refuses a whole batch for one
 * record of the future.
 */
public final class OutboundRecordSchema implements KafkaRecordSerializationSchema<OutboundRecord> {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(OutboundRecordSchema.class);

  private final String deadLetters;
  private transient @Nullable Counter tooLarge;

  /** Makes one for topics of this prefix. */
  public OutboundRecordSchema(String prefix) {
    deadLetters = new Topics(prefix).deadLetters();
  }

  @Override
  public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink) {
    tooLarge = context.getMetricGroup().counter("recordsTooLarge");
  }

  @Override
  public @Nullable ProducerRecord<byte[], byte[]> serialize(
      OutboundRecord outbound, KafkaSinkContext context, @Nullable Long timestamp) {
    int most =
        outbound.topic().equals(deadLetters) ? Topics.LARGEST_DEAD_LETTER : Topics.LARGEST_EVENT;
    if (outbound.bytes() > most) {
      LOG.error(
          "a record of {} bytes is left out, topic {} takes {}: use a model with smaller tokens",
          outbound.bytes(),
          outbound.topic(),
          most);
      if (tooLarge != null) {
        tooLarge.inc();
      }
      return null;
    }
    return outbound.toProducerRecord();
  }
}
