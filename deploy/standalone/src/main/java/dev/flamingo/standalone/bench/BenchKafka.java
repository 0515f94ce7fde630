package dev.flamingo.standalone.bench;

import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import dev.flamingo.standalone.DataFolder;
import dev.flamingo.standalone.kafka.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The demo's Kafka on a free port, with all topics, in a folder that goes with it. */
final class BenchKafka implements AutoCloseable {

  /** As many as the demo's topics have. */
  private static final int PARTITIONS = 4;

  private static final String BOOTSTRAP = "bootstrap.servers";

  private final DataFolder folder;
  private final EmbeddedKafka kafka;
  private final Topics topics = Topics.standard();

  private BenchKafka(DataFolder folder, EmbeddedKafka kafka) {
    this.folder = folder;
    this.kafka = kafka;
  }

  /**
   * Starts it.
   *
   * @throws IOException if it does not start
   */
  static BenchKafka start() throws IOException, InterruptedException {
    DataFolder folder = DataFolder.of(null);
    try {
      EmbeddedKafka kafka = EmbeddedKafka.start(folder.path().resolve("kafka"), freePort());
      BenchKafka started = new BenchKafka(folder, kafka);
      started.createTopics();
      return started;
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  private void createTopics() throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of(BOOTSTRAP, bootstrap()))) {
      new TopicCreator(admin).create(topics.definitions(PARTITIONS, (short) 1));
    } catch (RuntimeException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String bootstrap() {
    return kafka.bootstrap();
  }

  Topics topics() {
    return topics;
  }

  /** Returns a folder for what works with this Kafka; it goes with it. */
  Path folder() {
    return folder.path();
  }

  /**
   * Returns a producer; the caller closes it.
   *
   * @param settings beside Kafka's address
   */
  KafkaProducer<String, byte[]> producer(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(BOOTSTRAP, bootstrap());
    return new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer());
  }

  /** Returns a consumer of what comes to these topics from now on; the caller closes it. */
  KafkaConsumer<String, byte[]> news(String... names) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(BOOTSTRAP, bootstrap(), "enable.auto.commit", false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(names)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is lazy: asking for the places makes them those of now.
    partitions.forEach(consumer::position);
    return consumer;
  }

  @Override
  public void close() throws IOException {
    try {
      kafka.close();
    } finally {
      folder.close();
    }
  }
}
