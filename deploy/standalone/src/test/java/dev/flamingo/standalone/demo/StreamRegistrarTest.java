package dev.flamingo.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import dev.flamingo.standalone.NamedSource;
import dev.flamingo.standalone.kafka.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamRegistrarTest {

  private static final Topics TOPICS = Topics.standard();

  @Test
  void whatWasChangedOfAStreamOutlivesItsNextRegistration(@TempDir Path folder) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, freePort());
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      new TopicCreator(admin).create(TOPICS.definitions(1, (short) 1));
      StreamRegistrar registrar =
          new StreamRegistrar(
              kafka.bootstrap(), TOPICS, InstantSource.fixed(Instant.EPOCH), () -> "event");

      assertThat(registrar.register(streams(), DemoStream.street())).isTrue();
      assertThat(registered(kafka)).extracting(ConsumerRecord::key).containsExactly("street");
      ConsumerRecord<String, String> street = registered(kafka).get(0);
      assertThat(text(street, "ce_id")).isEqualTo("event");
      assertThat(text(street, "ce_type")).isEqualTo("dev.flamingo.stream.registered.v1");
      assertThat(text(street, "ce_time")).isEqualTo("1970-01-01T00:00:00Z");

      write(kafka, "street", null);
      write(kafka, "door", "{\"uri\":\"http://door/a\",\"enabled\":false}");
      assertThat(registrar.register(streams(), DemoStream.street()))
          .as("one is removed, the other disabled")
          .isFalse();
      assertThat(
              registrar.register(
                  streams("door=http://door/a", "http://yard/b"), DemoStream.street()))
          .isTrue();
      assertThat(registrar.register(streams("door=http://door/c"), DemoStream.street())).isTrue();

      assertThat(registered(kafka))
          .extracting(ConsumerRecord::key)
          .containsExactly("street", "street", "door", "yard", "door");
    }
  }

  private static List<DemoStream> streams(String... sources) {
    return DemoStream.of(Stream.of(sources).map(NamedSource::parse).toList());
  }

  private static String text(ConsumerRecord<?, ?> event, String header) {
    return new String(event.headers().lastHeader(header).value(), UTF_8);
  }

  private static void write(EmbeddedKafka kafka, String id, @Nullable String spec) {
    try (Producer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      var unused = producer.send(new ProducerRecord<>(TOPICS.streams(), id, spec));
    }
  }

  private static List<ConsumerRecord<String, String>> registered(EmbeddedKafka kafka) {
    List<ConsumerRecord<String, String>> all = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrap(), "enable.auto.commit", false),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition only = new TopicPartition(TOPICS.streams(), 0);
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
      while (consumer.position(only) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
    }
    return all;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
