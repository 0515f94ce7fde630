package dev.flamingo.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flamingo.events.Answer;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.Support;
import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import dev.flamingo.job.model.VideoModelProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A job between real topics of its own: what goes in, and all that came out so far. */
final class Pipeline implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  final Topics topics;
  private final String bootstrap;
  private final JobConfig config;
  private final VideoModelProvider provider;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> received = new CopyOnWriteArrayList<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final JsonSerde<Answer> answers = new JsonSerde<>(Answer.class);
  private final JsonSerde<Question> questions = new JsonSerde<>(Question.class);
  private final JsonSerde<Support> supports = new JsonSerde<>(Support.class);
  private final JsonSerde<StreamSpec> specs = new JsonSerde<>(StreamSpec.class);
  private @Nullable EmbeddedJob job;

  private Pipeline(String bootstrap, JobConfig config, VideoModelProvider provider)
      throws Exception {
    this.bootstrap = bootstrap;
    this.config = config;
    this.provider = provider;
    topics = new Topics(config.prefix());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      new TopicCreator(admin).create(topics.definitions(1, (short) 1));
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(
        List.of(
            topics.answers(),
            topics.answerDeltas(),
            topics.captions(),
            topics.visualTokens(),
            topics.deadLetters(),
            topics.models()));
  }

  static Pipeline create(
      EmbeddedKafka kafka,
      Path folder,
      String prefix,
      VideoModelProvider provider,
      UnaryOperator<JobConfig> settings)
      throws Exception {
    JobConfig usual = JobConfig.of(kafka.bootstrap(), folder.toString()).withPrefix(prefix);
    return new Pipeline(kafka.bootstrap(), settings.apply(usual.withGroup(prefix)), provider);
  }

  Pipeline start() throws Exception {
    return start(new Configuration());
  }

  /** Starts the job with more settings of Flink's. */
  Pipeline start(Configuration settings) throws Exception {
    EmbeddedJob started = EmbeddedJob.start(config, provider, settings);
    job = started;
    started.awaitRunning(PATIENCE);
    return this;
  }

  void stop() {
    if (job != null) {
      job.close();
      job = null;
    }
  }

  /** Ends the job as a killed process would: without a last checkpoint or any goodbye. */
  void kill() {
    if (job != null) {
      job.abort();
      job = null;
    }
  }

  void register(String stream, boolean captions) {
    send(
        topics.streams(),
        stream,
        specs.write(new StreamSpec("street:", true, captions, Map.of())),
        null);
  }

  void support(String name, Support support) {
    send(topics.supports(), name, supports.write(support), null);
  }

  /** Sends frames named {@code <stream>-<second>}, one for every second. */
  void frames(String stream, long start, int first, int last) {
    for (int second = first; second <= last; second++) {
      frame(stream, start + second * 1_000L, EchoModel.picture(stream + "-" + second));
    }
  }

  void frame(String stream, long time, byte[] picture) {
    send(topics.frames(), stream, picture, time);
  }

  /**
   * Asks a question, or withdraws one.
   *
   * @param time the moment that it means by now, as one that is replayed; null for now
   */
  void ask(Question question, @Nullable Long time) {
    Headers headers = new RecordHeaders();
    if (question.cancel()) {
      headers.add("ce_type", Question.WITHDRAWAL.getBytes(StandardCharsets.UTF_8));
    } else if (question.id() != null) {
      asked.add(question.id());
    }
    if (time != null) {
      headers.add(Question.REPLAY, new byte[0]);
    }
    send(topics.questions(), question.stream(), questions.write(question), time, headers);
  }

  /** Asks a question that was asked at a time, and has its deadline from then on. */
  void askAt(Question question, long time) {
    send(topics.questions(), question.stream(), questions.write(question), time);
  }

  void send(String topic, @Nullable String key, byte @Nullable [] value, @Nullable Long timestamp) {
    send(topic, key, value, timestamp, new RecordHeaders());
  }

  void send(
      String topic,
      @Nullable String key,
      byte @Nullable [] value,
      @Nullable Long timestamp,
      Headers headers) {
    write(
        topic,
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        value,
        timestamp,
        headers);
  }

  void write(
      String topic,
      byte @Nullable [] key,
      byte @Nullable [] value,
      @Nullable Long timestamp,
      Headers headers) {
    var unused = producer.send(new ProducerRecord<>(topic, null, timestamp, key, value, headers));
  }

  /** Writes a savepoint of the running job and returns its folder. */
  Path savepoint(Path folder) throws Exception {
    return Objects.requireNonNull(job).savepoint(folder);
  }

  /** Lets Kafka take frames and questions of the future, as topics that others made may. */
  void allowTheFuture() throws Exception {
    set("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
  }

  /** Lets Kafka keep frames and questions that are older than its topics hold them. */
  void keepForEver() throws Exception {
    set("retention.ms", "-1");
  }

  private void set(String name, String value) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      ConfigEntry always = new ConfigEntry(name, value);
      Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
      for (String topic : List.of(topics.frames(), topics.questions())) {
        changes.put(
            new ConfigResource(ConfigResource.Type.TOPIC, topic),
            List.of(new AlterConfigOp(always, AlterConfigOp.OpType.SET)));
      }
      admin.incrementalAlterConfigs(changes).all().get();
    }
  }

  /** Expects the end of a question that was written by hand. */
  void expect(String id) {
    asked.add(id);
  }

  ProducerRecord<byte[], byte[]> question(Question question) {
    return new ProducerRecord<>(topics.questions(), questions.write(question));
  }

  /** Returns a producer in a transaction of which nothing is sent yet; the caller closes it. */
  KafkaProducer<byte[], byte[]> transactional(String id) {
    KafkaProducer<byte[], byte[]> transactions =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "transactional.id", id),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    transactions.initTransactions();
    return transactions;
  }

  /** Checks that no record failed the job. */
  void checkTheJobNeverFailed() throws Exception {
    assertThat(Objects.requireNonNull(job).hasFailed()).isFalse();
  }

  Answer answer(String id) {
    return answers(id, 1).get(0);
  }

  /** Waits until so many final answers to a question are there. */
  List<Answer> answers(String id, int count) {
    return await("answer to " + id)
        .atMost(PATIENCE)
        .until(
            () -> answers().stream().filter(answer -> answer.id().equals(id)).toList(),
            all -> all.size() >= count);
  }

  /** Returns all final answers so far. */
  List<Answer> answers() {
    return records(topics.answers()).stream().map(record -> answers.read(record.value())).toList();
  }

  List<Answer> captions() {
    return records(topics.captions()).stream().map(record -> answers.read(record.value())).toList();
  }

  /** Returns the records of an output topic so far. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    poll();
    return received.stream().filter(record -> record.topic().equals(topic)).toList();
  }

  private void poll() {
    List<ConsumerRecord<byte[], byte[]>> fresh = new ArrayList<>();
    consumer.poll(Duration.ofMillis(20)).forEach(fresh::add);
    received.addAll(fresh);
  }

  /** Checks what holds after every test: nobody is left in silence. */
  void checkEveryQuestionEnded() {
    await("all questions ended")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(answers().stream().map(Answer::id)).containsAll(asked));
  }

  @Override
  public void close() {
    stop();
    producer.close(Duration.ofSeconds(5));
    consumer.close();
  }
}
