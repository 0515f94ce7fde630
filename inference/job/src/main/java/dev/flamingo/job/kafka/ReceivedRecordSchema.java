package dev.flamingo.job.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes records as they are: what cannot be read must reach the dead letters, not stop the job. */
public final class ReceivedRecordSchema
    implements KafkaRecordDeserializationSchema<ReceivedRecord> {

  private static final long serialVersionUID = 1;

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> received, Collector<ReceivedRecord> collector) {
    collector.collect(ReceivedRecord.of(received));
  }

  @Override
  public TypeInformation<ReceivedRecord> getProducedType() {
    return TypeInformation.of(ReceivedRecord.class);
  }
}
