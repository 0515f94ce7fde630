package dev.flamingo.standalone.bench;

import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import dev.flamingo.standalone.DataFolder;
import dev.flamingo.standalone.kafka.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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

  private static final int LOOKS = 100;
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
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
    BenchKafka started = empty();
    try {
      started.createTopics();
      return started;
    } catch (IOException | RuntimeException | InterruptedException e) {
      started.close();
      throw e;
    }
  }

  private static BenchKafka empty() throws IOException {
    DataFolder folder = DataFolder.of(null);
    try {
      return new BenchKafka(
          folder, EmbeddedKafka.start(folder.path().resolve("kafka"), freePort()));
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  private void createTopics() throws IOException, InterruptedException {
    List<NewTopic> all = topics.definitions(PARTITIONS, (short) 1);
    try (Admin admin = Admin.create(Map.of(BOOTSTRAP, bootstrap()))) {
      new TopicCreator(admin).create(all);
      awaitKnown(admin, all.stream().map(NewTopic::name).toList());
    }
  }

  /** Waits until the broker knows the topics, too: the controller knows them a moment earlier. */
  private static void awaitKnown(Admin admin, List<String> names)
      throws IOException, InterruptedException {
    for (int i = 0; i < LOOKS; i++) {
      try {
        var unused = admin.describeTopics(names).allTopicNames().get();
        return;
      } catch (ExecutionException e) {
        Thread.sleep(LOOK_EVERY.toMillis());
      }
    }
    throw new IOException("kafka does not know its new topics: this machine is too busy");
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
