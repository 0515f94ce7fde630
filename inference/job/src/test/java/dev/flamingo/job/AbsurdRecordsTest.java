package dev.flamingo.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.AnswerError;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Question;
import dev.flamingo.job.AbsurdRecords.Absurd;
import dev.flamingo.job.AbsurdRecords.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Absurd records against a running job: it never fails, and every question whose id can be read
 * ends once. {@code -Dflamingo.seed=} repeats a run, {@code -Dflamingo.soak.seconds=} makes it
 * long.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AbsurdRecordsTest {

  private static final int BATCH = 500;

  private final long start = Instant.now().getEpochSecond() * 1_000 - 120_000;

  @SuppressWarnings("NullAway.Init") // set by open()
  private EmbeddedKafka kafka;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    kafka = new EmbeddedKafka(folder);
  }

  @AfterAll
  void close() {
    kafka.close();
  }

  @Test
  void whateverIsWrittenTheJobGoesOnAndEveryQuestionEnds(@TempDir Path folder) throws Exception {
    long seed = Long.getLong("flamingo.seed", System.nanoTime());
    long seconds = Long.getLong("flamingo.soak.seconds", 0);
    System.out.println("absurd records with -Dflamingo.seed=" + seed);
    try (Pipeline pipeline =
        Pipeline.create(
            kafka,
            folder,
            "absurd.",
            new EchoModel.Provider("absurd"),
            usual -> usual.withCheckpointEvery(Duration.ofSeconds(1)))) {
      pipeline.register("street", true);
      Random random = new Random(seed);
      long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      // The first lie in the topics already when the job starts.
      int written = write(pipeline, random, 0);
      pipeline.start();
      do {
        written += write(pipeline, random, written);
        pipeline.checkEveryQuestionEnded();
        pipeline.checkTheJobNeverFailed();
      } while (System.nanoTime() < end);

      // What came in between has not made it deaf or blind.
      pipeline.frames("after", start, 1, 8);
      pipeline.ask(Question.of("after", "after", "what"), start + 8_000);
      assertThat(pipeline.answer("after").status()).isEqualTo(AnswerStatus.COMPLETED);
      check(pipeline);
      System.out.println(written + " records, answers: " + codes(pipeline));
    }
  }

  private static void check(Pipeline pipeline) {
    assertThat(pipeline.answers().stream().map(answer -> answer.id())).doesNotHaveDuplicates();
    assertThat(pipeline.answers())
        .filteredOn(answer -> !"poison".equals(answer.question()))
        .extracting(answer -> answer.error() == null ? null : answer.error().code())
        .contains(null, ErrorCode.BAD_QUESTION)
        .doesNotContain(ErrorCode.INTERNAL);
    assertThat(pipeline.records(pipeline.topics.deadLetters()))
        .allSatisfy(letter -> assertThat(message(letter)).doesNotContain("see the job's log"));
  }

  private static String message(ConsumerRecord<byte[], byte[]> letter) {
    return new String(letter.headers().lastHeader("error-message").value(), StandardCharsets.UTF_8);
  }

  private static Map<String, Long> codes(Pipeline pipeline) {
    return pipeline.answers().stream()
        .map(answer -> answer.error())
        .collect(
            Collectors.groupingBy(AbsurdRecordsTest::code, TreeMap::new, Collectors.counting()));
  }

  private static String code(@org.jspecify.annotations.Nullable AnswerError error) {
    return error == null ? "completed" : error.code().wireName();
  }

  private static int write(Pipeline pipeline, Random random, int number) {
    List<Absurd> batch = absurd(random);
    for (int i = 0; i < batch.size(); i++) {
      Absurd absurd = batch.get(i);
      Headers headers = new RecordHeaders();
      absurd.headers().forEach(headers::add);
      byte[] value = absurd.value();
      if (absurd.kind() == Kind.QUESTION && value != null && value.length > 1 && value[0] == '{') {
        value = withId(pipeline, absurd, "absurd-" + (number + i));
      }
      pipeline.write(
          topic(pipeline, absurd.kind()), absurd.key(), value, absurd.timestamp(), headers);
    }
    return batch.size();
  }

  /** Gives a question an id that can be read, whatever follows; a withdrawal has none to end. */
  private static byte[] withId(Pipeline pipeline, Absurd absurd, String id) {
    if (!absurd.headers().containsKey("ce_type")) {
      pipeline.expect(id);
    }
    String rest = new String(absurd.value(), StandardCharsets.UTF_8).substring(1);
    String separator = rest.startsWith("}") ? "" : ",";
    return ("{\"id\":\"" + id + "\"" + separator + rest).getBytes(StandardCharsets.UTF_8);
  }

  private static List<Absurd> absurd(Random random) {
    java.util.List<Absurd> batch = new java.util.ArrayList<>();
    JqwikSession.run(
        () -> {
          RandomGenerator<Absurd> generator = AbsurdRecords.all().generator(BATCH);
          for (int i = 0; i < BATCH; i++) {
            batch.add(generator.next(random).value());
          }
        });
    return batch;
  }

  private static String topic(Pipeline pipeline, Kind kind) {
    return switch (kind) {
      case QUESTION -> pipeline.topics.questions();
      case STREAM -> pipeline.topics.streams();
      case SUPPORT -> pipeline.topics.supports();
      case FRAME -> pipeline.topics.frames();
    };
  }
}
