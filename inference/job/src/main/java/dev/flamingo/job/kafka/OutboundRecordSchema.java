package dev.flamingo.job.kafka;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends records to the topic that each one names. */
public final class OutboundRecordSchema implements KafkaRecordSerializationSchema<OutboundRecord> {

  private static final long serialVersionUID = 1;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      OutboundRecord outbound, KafkaSinkContext context, @Nullable Long timestamp) {
    return outbound.toProducerRecord();
  }
}
