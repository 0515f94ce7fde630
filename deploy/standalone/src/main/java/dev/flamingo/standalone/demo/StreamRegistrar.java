package dev.flamingo.standalone.demo;

import dev.flamingo.events.CloudEvents;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.Topics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Registers a demo's streams.
 *
 * @param clock says when
 * @param ids names the events
 */
record StreamRegistrar(String bootstrap, Topics topics, InstantSource clock, Supplier<String> ids) {

  private static final CloudEvents EVENTS = new CloudEvents("/flamingo/demo");
  private static final String REGISTERED = "dev.flamingo.stream.registered.v1";

  /**
   * Registers streams, and returns when Kafka has them.
   *
   * @throws IOException if Kafka does not take one
   */
  void register(List<DemoStream> streams) throws IOException, InterruptedException {
    JsonSerde<StreamSpec> serde = new JsonSerde<>(StreamSpec.class);
    List<Future<RecordMetadata>> written = new ArrayList<>();
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (DemoStream stream : streams) {
        ProducerRecord<String, byte[]> record =
            new ProducerRecord<>(topics.streams(), stream.id().value(), serde.write(stream.spec()));
        EVENTS.writeTo(record.headers(), ids.get(), REGISTERED, clock.instant());
        written.add(producer.send(record));
      }
      for (Future<RecordMetadata> record : written) {
        RecordMetadata unused = record.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("kafka does not take the registration of the streams: see the log", e);
    }
  }
}
