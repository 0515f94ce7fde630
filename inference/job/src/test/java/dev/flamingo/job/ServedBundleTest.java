package dev.flamingo.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flamingo.events.FrameHeaders;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.events.ResizeRule;
import dev.flamingo.events.ServedModel;
import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import dev.flamingo.job.model.ModelDescription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One bundle at a time serves the topics of a prefix. */
@Timeout(120)
final class ServedBundleTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final ModelDescription OWN =
      new ModelDescription("own", "abc", 96, ResizeRule.FIT, List.of(0, 0, 0), 8, List.of(), false);

  private final Path folder;
  private final EmbeddedKafka kafka;
  private volatile Instant now = NOON;
  private final AtomicInteger looks = new AtomicInteger();

  ServedBundleTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    kafka = new EmbeddedKafka(folder.resolve("kafka"));
  }

  @AfterEach
  void close() throws Exception {
    kafka.close();
  }

  @Test
  void aJobWaitsWhileAnotherBundleIsServedUnderItsTopics() throws Exception {
    Topics topics = new Topics("turn.");
    try (Admin admin = Admin.create(settings())) {
      new TopicCreator(admin).create(topics.definitions(2, (short) 1));
    }
    ModelTurn turn = new ModelTurn(settings(), topics, this::look);
    serve(topics, "own", "abc", NOON);
    serve(topics, "old", "abc", NOON.minusSeconds(30));
    turn.await(OWN);

    serve(topics, "other", "def", NOON.minusSeconds(1));
    looks.set(0);
    Thread waiting = new Thread(() -> awaitQuietly(turn));
    waiting.start();
    await().until(() -> looks.get() > 1);
    assertThat(waiting.isAlive()).isTrue();
    now = NOON.plusSeconds(29);
    waiting.join();
  }

  @Test
  void framesOfAnotherModelAreInNoWindow() throws Exception {
    long start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(20).toEpochMilli();
    try (Pipeline pipeline =
        Pipeline.create(
            kafka,
            folder.resolve("checkpoints"),
            "mixed.",
            new EchoModel.Provider("mixed"),
            UnaryOperator.identity())) {
      pipeline.start();
      pipeline.register("gate", false);
      for (int half = 0; half < 8; half++) {
        String model = half % 2 == 0 ? "echo@0" : "other@0";
        pipeline.send(
            pipeline.topics.frames(),
            "gate",
            EchoModel.picture("gate-" + half),
            start + half * 500L,
            new RecordHeaders().add(FrameHeaders.MADE_FOR, model.getBytes(StandardCharsets.UTF_8)));
      }
      pipeline.frame("gate", start + 4_000, EchoModel.picture("unnamed"));
      pipeline.ask(Question.of("q", "gate", "what is seen?"), start + 4_000);

      assertThat(pipeline.answer("q").text()).isEqualTo("gate-0 gate-2 gate-4 gate-6 unnamed");
    }
  }

  private Instant look() {
    looks.incrementAndGet();
    return now;
  }

  private static void awaitQuietly(ModelTurn turn) {
    try {
      turn.await(OWN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> settings() {
    return Map.of("bootstrap.servers", kafka.bootstrap());
  }

  private void serve(Topics topics, String name, String hash, Instant heartbeat) throws Exception {
    ServedModel model =
        new ServedModel(
            hash, 96, ResizeRule.FIT, List.of(0, 0, 0), 8, 1_000, List.of(), false, heartbeat);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  topics.models(), name, new JsonSerde<>(ServedModel.class).write(model)))
          .get();
    }
  }
}
