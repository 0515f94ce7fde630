package dev.flamingo.standalone.crash;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import dev.flamingo.standalone.kafka.EmbeddedKafka;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A Kafka to ask questions in, and all final answers so far. */
final class AskedKafka implements AutoCloseable {

  private final Topics topics = Topics.standard();
  private final JsonSerde<Answer> answers = new JsonSerde<>(Answer.class);
  private final JsonSerde<Question> questions = new JsonSerde<>(Question.class);
  private final Map<String, Answer> first = new LinkedHashMap<>();
  private final EmbeddedKafka kafka;
  private final Admin admin;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  private AskedKafka(EmbeddedKafka kafka) throws Exception {
    this.kafka = kafka;
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrap());
    admin = Admin.create(settings);
    new TopicCreator(admin).create(topics.definitions(1, (short) 1));
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all = List.of(new TopicPartition(topics.answers(), 0));
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  static AskedKafka start(Path folder) throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = socket.getLocalPort();
      socket.close();
      return new AskedKafka(EmbeddedKafka.start(folder, port));
    }
  }

  String bootstrap() {
    return kafka.bootstrap();
  }

  void register(String stream, String uri) throws Exception {
    byte[] spec =
        new JsonSerde<>(StreamSpec.class)
            .write(new StreamSpec(uri, /* enabled= */ true, /* captions= */ false, Map.of()));
    var unused = producer.send(new ProducerRecord<>(topics.streams(), stream, spec)).get();
  }

  /** Asks about a moment from now on, with minutes to answer. Safe for use by several threads. */
  void ask(String id, String stream, Duration ahead) {
    long moment = Instant.now().plus(ahead).toEpochMilli();
    Question question =
        new Question(
            id, stream, "is it dark?", null, null, null, null, null, null, null, 300_000, false);
    byte[] value = questions.write(question);
    ids.add(id);
    var unused =
        producer.send(new ProducerRecord<>(topics.questions(), null, moment, stream, value));
  }

  Set<String> asked() {
    return Set.copyOf(ids);
  }

  /** Returns how many questions the job would not be given again, but for its checkpoint. */
  long taken() throws Exception {
    OffsetAndMetadata committed =
        admin
            .listConsumerGroupOffsets(topics.prefix() + "job")
            .partitionsToOffsetAndMetadata()
            .get()
            .get(new TopicPartition(topics.questions(), 0));
    return committed == null ? 0 : committed.offset();
  }

  Set<String> answered() {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
      Answer answer = answers.read(record.value());
      first.putIfAbsent(answer.id(), answer);
    }
    return first.keySet();
  }

  /** Returns whether the stream has come so far that a question was answered by what it shows. */
  boolean isAnsweredByVideo() {
    return !answered().isEmpty()
        && first.values().stream().anyMatch(answer -> answer.status() == AnswerStatus.COMPLETED);
  }

  /** Returns the first answer to every question, which is the one that people see. */
  List<Answer> visibleAnswers() {
    return new ArrayList<>(first.values());
  }

  @Override
  public void close() throws Exception {
    consumer.close();
    producer.close();
    admin.close();
    kafka.close();
  }
}
