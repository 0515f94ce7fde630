package dev.flamingo.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.AnswerKind;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.events.Finish;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.KafkaConfig;
import dev.flamingo.events.Question;
import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A gateway on a real Kafka, in which the tests play the job and ingest. */
final class LiveGateway implements AutoCloseable {

  private final Topics topics = Topics.standard();
  private final JsonSerde<Question> questions = new JsonSerde<>(Question.class);
  private final JsonSerde<Answer> answers = new JsonSerde<>(Answer.class);
  private final JsonSerde<AnswerDelta> deltas = new JsonSerde<>(AnswerDelta.class);
  private final Path folder;
  private final EmbeddedKafka kafka;
  private final KafkaProducer<String, byte[]> producer;
  private final TopicReader reader;
  private final Gateway gateway;

  LiveGateway() throws Exception {
    folder = Files.createTempDirectory("flamingo-gateway-test");
    kafka = new EmbeddedKafka(folder.resolve("kafka"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      new TopicCreator(admin).create(topics.definitions(1, (short) 1));
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrap(), "max.request.size", 2 << 20),
            new StringSerializer(),
            new ByteArraySerializer());
    reader =
        new TopicReader(
            kafka.bootstrap(), topics.questions(), topics.deadLetters(), topics.streams());
    gateway =
        Gateway.start(
            GatewayConfig.of(kafka.bootstrap(), 0, folder.resolve("views"))
                .withGrace(Duration.ofMillis(500)));
    patiently().until(gateway::ready);
  }

  /** Waits long enough for a busy machine. */
  static ConditionFactory patiently() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .pollDelay(Duration.ZERO);
  }

  String bootstrap() {
    return kafka.bootstrap();
  }

  int port() {
    return gateway.port();
  }

  Topics topics() {
    return topics;
  }

  /** Returns the settings of a second gateway on the same Kafka. */
  GatewayConfig second(int port) {
    return new GatewayConfig(
        KafkaConfig.at(kafka.bootstrap()),
        topics,
        "second",
        "127.0.0.1",
        port,
        folder.resolve("second"),
        Duration.ofHours(1),
        1,
        Duration.ofMillis(500),
        Access.local());
  }

  List<ConsumerRecord<String, byte[]>> records(String topic) {
    return reader.records(topic);
  }

  void publish(String topic, @Nullable String key, byte @Nullable [] value) throws Exception {
    publish(new ProducerRecord<>(topic, key, value));
  }

  void publish(String topic, @Nullable String key, String value) throws Exception {
    publish(topic, key, value.getBytes(UTF_8));
  }

  void publish(ProducerRecord<String, byte[]> record) throws Exception {
    producer.send(record).get(20, TimeUnit.SECONDS);
  }

  /** Registers a stream as another program does, and waits until the gateway lists it. */
  void register(String stream) throws Exception {
    publish(topics.streams(), stream, "{\"uri\":\"street:\"}");
    HttpUser user = new HttpUser(this);
    patiently().until(() -> user.get("/v1/streams").body().contains("\"" + stream + "\""));
  }

  /** Waits for the question with a text that nobody else asks. */
  Question asked(String text) {
    return patiently().until(() -> find(text), found -> !found.isEmpty()).get(0);
  }

  private List<Question> find(String text) {
    return questions().filter(question -> text.equals(question.text())).toList();
  }

  Stream<Question> questions() {
    return reader.records(topics.questions()).stream()
        .map(record -> questions.read(record.value()));
  }

  /** Says a piece of an answer, as the job does. */
  void say(String key, int index, String text) throws Exception {
    byte[] delta = deltas.write(new AnswerDelta(key, 0, index, text));
    publish(topics.answerDeltas(), key, delta);
  }

  /** Ends a question, as the job does. */
  void end(Answer answer) throws Exception {
    publish(topics.answers(), answer.id(), answers.write(answer));
  }

  /** Captions a stream, as the job does. */
  void caption(String stream, String text) throws Exception {
    Answer caption = completed(stream + "-caption", null, AnswerKind.CAPTION, text);
    publish(topics.captions(), stream, answers.write(caption));
  }

  static Answer completed(Question question, String text) {
    return completed(String.valueOf(question.id()), question.text(), AnswerKind.ANSWER, text);
  }

  static Answer completed(String id, @Nullable String question, AnswerKind kind, String text) {
    return new Answer(
        id,
        question,
        "street",
        kind,
        AnswerStatus.COMPLETED,
        text,
        Finish.STOP,
        null,
        null,
        0.9,
        "street",
        null);
  }

  @Override
  public void close() throws Exception {
    gateway.close();
    reader.close();
    producer.close();
    kafka.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
