package dev.flamingo.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.AnswerError;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Example;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.job.answer.AnswerLimits;
import dev.flamingo.job.answer.MemoryLimits;
import dev.flamingo.job.model.AnswererLimits;
import dev.flamingo.job.model.BatchLimits;
import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.job.model.ModelLimits;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.Cue;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import dev.flamingo.model.serving.GeneratedAnswer;
import dev.flamingo.model.serving.Shot;
import dev.flamingo.model.serving.VisualTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What needs a job of its own: replay, restart, limits, the real model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JobLifeTest {

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
  void replayingTheLogGivesTheSameAnswers(@TempDir Path folder) throws Exception {
    Map<String, Answer> first;
    try (Pipeline live = replayed(folder.resolve("live"), "live").start()) {
      for (int second = 1; second <= 24; second++) {
        live.frames("north", start, second, second);
        live.frames("south", start + 300, second, second);
        for (String stream : List.of("north", "south")) {
          live.ask(Question.of(stream + second, stream, "what"), start + second * 1_000L + 700);
        }
      }
      live.ask(Question.of("last", "north", "what"), start + 30_000);
      live.checkEveryQuestionEnded();
      first = byId(live.answers());
    }
    try (Pipeline again = replayed(folder.resolve("again"), "again").start()) {
      first.keySet().forEach(id -> again.answers(id, 2));
      Map<String, Answer> second = byId(again.answers().subList(first.size(), 2 * first.size()));

      assertThat(second).isEqualTo(first);
      assertThat(first.values())
          .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(AnswerStatus.COMPLETED));
    }
  }

  private Pipeline replayed(Path folder, String group) throws Exception {
    return Pipeline.create(
        kafka,
        folder,
        "replay.",
        new EchoModel.Provider("replay-" + group),
        usual -> usual.withGroup(group));
  }

  @Test
  void aKilledJobLosesNoQuestionAndRemembersWhatItSaw(@TempDir Path folder) throws Exception {
    EchoModel.Provider echo = new EchoModel.Provider("killed");
    try (Pipeline pipeline =
        Pipeline.create(
                kafka,
                folder,
                "killed.",
                echo,
                usual -> usual.withCheckpointEvery(Duration.ofMillis(300)))
            .start()) {
      pipeline.frames("street", start, 1, 8);
      pipeline.ask(Question.of("before", "street", "what"), start + 8_000);
      pipeline.answer("before");
      for (int i = 0; i < 40; i++) {
        pipeline.ask(Question.of("waiting-" + i, "street", "what"), start + 12_000);
        pipeline.ask(slow("speaking-" + i), start + 8_000);
      }
      pipeline.ask(showing("showing", "what", EchoModel.picture("shot"), "a wug"), start + 12_000);
      awaitCheckpoint(folder);
      pipeline.kill();
      pipeline.frames("street", start, 9, 12);
      pipeline.ask(Question.of("meanwhile", "street", "what"), start + 12_000);
      pipeline.start();

      pipeline.checkEveryQuestionEnded();
      assertThat(pipeline.answer("meanwhile").text())
          .isEqualTo("street-5 street-6 street-7 street-8 street-9 street-10 street-11 street-12");
      assertThat(pipeline.answer("showing").text()).startsWith("shot what: a wug; street-");
      assertThat(echo.encoded()).containsEntry("street-1", 1).containsEntry("street-12", 1);
    }
  }

  @Test
  void theBoundsOfWaitingQuestionsHoldAfterARestart(@TempDir Path folder) throws Exception {
    AnswerLimits patient =
        new AnswerLimits(
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            3,
            Duration.ofSeconds(4));
    try (Pipeline pipeline =
        Pipeline.create(
                kafka,
                folder,
                "bounds.",
                new EchoModel.Provider("bounds"),
                usual -> usual.withCheckpointEvery(Duration.ofMillis(300)).withAnswers(patient))
            .start()) {
      pipeline.frames("street", start, 1, 8);
      for (int i = 0; i < 3; i++) {
        pipeline.ask(Question.of("waiting-" + i, "street", "what"), start + 12_000);
      }
      pipeline.ask(Question.of("refused-before", "other", "what"), start + 12_000);
      assertThat(overloaded(pipeline, "refused-before")).contains("3 questions are waiting");
      awaitCheckpoint(folder);
      pipeline.kill();
      pipeline.start();
      pipeline.ask(Question.of("refused-after", "other", "what"), start + 12_000);
      assertThat(overloaded(pipeline, "refused-after")).contains("3 questions are waiting");
      pipeline.frames("street", start, 9, 12);
      for (int i = 0; i < 3; i++) {
        assertThat(pipeline.answer("waiting-" + i).text()).contains("street-12");
      }
      pipeline.ask(Question.of("admitted", "other", "what"), start + 12_000);
      pipeline.frames("other", start, 9, 12);
      assertThat(pipeline.answer("admitted").text()).contains("other-12");
    }
  }

  private static String overloaded(Pipeline pipeline, String id) {
    AnswerError error = pipeline.answer(id).error();
    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.OVERLOADED);
    return error.message();
  }

  @Test
  void anIdIsRememberedOverARestart(@TempDir Path folder) throws Exception {
    try (Pipeline pipeline =
        Pipeline.create(kafka, folder, "ids.", new EchoModel.Provider("ids"), usual -> usual)
            .start()) {
      pipeline.frames("street", start, 1, 8);
      pipeline.frames("other", start, 1, 8);
      pipeline.ask(Question.of("once", "street", "what"), start + 8_000);
      pipeline.answer("once");
      pipeline.stop();
      pipeline.ask(Question.of("once", "other", "what"), start + 8_000);
      pipeline.ask(Question.of("after", "other", "what"), start + 8_000);
      pipeline.start();

      pipeline.answer("after");
      assertThat(pipeline.answers("once", 1)).hasSize(1);
    }
  }

  private static void awaitCheckpoint(Path folder) {
    long before = checkpoint(folder);
    org.awaitility.Awaitility.await()
        .atMost(Pipeline.PATIENCE)
        .until(() -> checkpoint(folder) > before + 1);
  }

  private static long checkpoint(Path folder) {
    try (java.util.stream.Stream<Path> files = java.nio.file.Files.walk(folder)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .map(file -> file.getName(file.getNameCount() - 2).toString())
          .mapToLong(name -> Long.parseLong(name.substring("chk-".length())))
          .max()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      // Flink removes old ones while they are looked through.
      return 0;
    }
  }

  @Test
  void aThousandQuestionsAtOnceAllEndAndStarveNoOtherStream(@TempDir Path folder) throws Exception {
    try (Pipeline pipeline =
        Pipeline.create(
                kafka,
                folder,
                "overload.",
                new EchoModel.Provider("overload"),
                usual ->
                    usual
                        .withModel(
                            new ModelLimits(
                                usual.model().encode(),
                                usual.model().resample(),
                                new AnswererLimits(2, 100, 10),
                                usual.model().late()))
                        .withAnswers(
                            new AnswerLimits(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(30),
                                300,
                                Duration.ofSeconds(4))))
            .start()) {
      pipeline.frames("street", start, 1, 8);
      pipeline.frames("quiet", start, 1, 8);
      Question slow =
          new Question(
              "slow", "street", "slowly", null, null, null, null, null, null, null, 1_000, false);
      pipeline.ask(slow, start + 8_000);
      for (int i = 0; i < 500; i++) {
        pipeline.ask(Question.of("now-" + i, "street", "what"), start + 8_000);
        pipeline.ask(Question.of("later-" + i, "street", "what"), start + 15_000);
      }
      pipeline.ask(Question.of("quiet", "quiet", "what"), start + 8_000);

      pipeline.checkEveryQuestionEnded();
      assertThat(pipeline.answer("quiet").status()).isEqualTo(AnswerStatus.COMPLETED);
      assertThat(pipeline.answers())
          .extracting(answer -> answer.error() == null ? null : answer.error().code())
          .contains(null, ErrorCode.OVERLOADED)
          .containsOnly(null, ErrorCode.OVERLOADED, ErrorCode.DEADLINE);
      assertThat(pipeline.answers()).doesNotHaveDuplicates().hasSize(1_002);
    }
  }

  @Test
  void anEncoderThatIsTooSlowLeavesOutTheOldestFramesAndHoldsUpNoQuestion(@TempDir Path folder)
      throws Exception {
    EchoModel.Provider model = new EchoModel.Provider("slow");
    try (Pipeline pipeline =
        Pipeline.create(
                kafka,
                folder,
                "slow.",
                model,
                usual ->
                    usual.withModel(
                        new ModelLimits(
                            new BatchLimits(2, Duration.ZERO, 4_096),
                            usual.model().resample(),
                            usual.model().answer(),
                            Duration.ofMillis(500))))
            .start()) {
      pipeline.frames("street", start, 1, 8);
      pipeline.ask(Question.of("before", "street", "what"), start + 8_000);
      pipeline.answer("before");
      long flood = System.currentTimeMillis();
      for (int stream = 0; stream < 200; stream++) {
        for (int frame = 0; frame < 5; frame++) {
          pipeline.frame(
              "slow-" + stream,
              flood + frame,
              EchoModel.picture("slow-%d-%d".formatted(stream, frame)));
        }
      }
      pipeline.ask(Question.of("meanwhile", "street", "what"), start + 8_500);
      pipeline.answer("meanwhile");
      pipeline.frame("street", flood + 60_000, EchoModel.picture("street-new"));
      pipeline.ask(Question.of("after", "street", "what"), flood + 60_000);

      assertThat(pipeline.answer("after").text()).isEqualTo("street-new");
      pipeline.checkEveryQuestionEnded();
      assertThat(model.encoded().keySet().stream().filter(name -> name.startsWith("slow-")))
          .hasSizeBetween(1, 999);
    }
  }

  @Test
  void theHistoryIsBoundedInTime(@TempDir Path folder) throws Exception {
    remembersTheLastOnly(
        folder,
        "seconds.",
        new MemoryLimits(8, Duration.ofSeconds(10), Duration.ofSeconds(40), 64L << 20));
  }

  /** Eight frames of the echo and their window have about 150 bytes. */
  @Test
  void theHistoryIsBoundedInBytes(@TempDir Path folder) throws Exception {
    remembersTheLastOnly(
        folder,
        "bytes.",
        new MemoryLimits(8, Duration.ofMinutes(1), Duration.ofMinutes(15), 1_000));
  }

  private void remembersTheLastOnly(Path folder, String prefix, MemoryLimits memory)
      throws Exception {
    try (Pipeline pipeline =
        Pipeline.create(
                kafka,
                folder,
                prefix,
                new EchoModel.Provider(prefix),
                usual -> usual.withMemory(memory))
            .start()) {
      pipeline.frames("street", start, 1, 96);
      long now = start + 96_000;
      pipeline.ask(at("kept", start + 60_000), now);
      pipeline.ask(at("forgotten", start + 15_000), now);

      assertThat(pipeline.answer("kept").status()).isEqualTo(AnswerStatus.COMPLETED);
      assertThat(pipeline.answer("forgotten").error()).isNotNull();
      assertThat(pipeline.answer("forgotten").error().code()).isEqualTo(ErrorCode.NO_VIDEO);
    }
  }

  private static Question at(String id, long moment) {
    return new Question(
        id,
        "street",
        "what",
        Instant.ofEpochMilli(moment),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        false);
  }

  @Test
  void theRealModelAnswersAsItDoesWithoutTheJob(@TempDir Path folder) throws Exception {
    Bundle bundle = RandomBundle.write(folder.resolve("bundle"), 7);
    Path cache = folder.resolve("cache");
    FlamingoModelProvider provider =
        new FlamingoModelProvider(bundle.directory().toString(), cache.toString(), 1);
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      pictures.add(RandomBundle.picture(i));
    }
    String asked = "what color is the bus?";
    GeneratedAnswer expected = answerOf(bundle, cache, pictures, asked, null);
    byte[] shot = RandomBundle.picture(20);
    GeneratedAnswer afterShot = answerOf(bundle, cache, pictures, asked, shot);
    assertThat(afterShot.confidence()).isNotEqualTo(expected.confidence());
    try (Pipeline pipeline =
        Pipeline.create(kafka, folder.resolve("checkpoints"), "real.", provider, usual -> usual)
            .start()) {
      for (int i = 1; i <= 8; i++) {
        pipeline.frame("street", start + i * 1_000L, pictures.get(i - 1));
      }
      pipeline.ask(Question.of("bus", "street", "what color is the bus?"), start + 8_500);
      pipeline.ask(showing("shot", asked, shot, "a red car"), start + 8_500);
      pipeline.ask(showing("shots", asked, shot, "a red car ".repeat(15)), start + 8_500);
      pipeline.ask(showing("huge", asked, vast(shot), "a red car"), start + 8_500);
      pipeline.ask(Question.of("long", "street", "bus ".repeat(200)), start + 8_500);

      Answer answer = pipeline.answer("bus");
      assertThat(answer.status()).isEqualTo(AnswerStatus.COMPLETED);
      assertThat(answer.text()).isEqualTo(expected.text()).isNotEmpty();
      assertThat(answer.confidence())
          .isCloseTo(expected.confidence(), org.assertj.core.data.Offset.offset(1e-3));
      assertThat(answer.model()).isEqualTo(bundle.id());
      assertThat(pipeline.answer("shot").text()).isEqualTo(afterShot.text());
      assertThat(pipeline.answer("shot").confidence())
          .isCloseTo(afterShot.confidence(), org.assertj.core.data.Offset.offset(1e-3));
      assertThat(refusal(pipeline, "shots")).contains("show fewer examples");
      assertThat(refusal(pipeline, "huge"))
          .startsWith("example 1 has an image that cannot be read: a picture of 32639 x 32639");
      assertThat(refusal(pipeline, "long")).contains("ask in fewer words");
      assertThat(spoken(pipeline, "bus")).isEqualTo(expected.text());
      assertThat(pipeline.records(pipeline.topics.visualTokens()))
          .singleElement()
          .satisfies(
              tokens ->
                  assertThat(VisualTokens.fromSafetensors(tokens.value()).width()).isEqualTo(24));
    }
  }

  /** Returns a question that ends so early that one asked after it is answered in its own time. */
  private static Question slow(String id) {
    return new Question(
        id, "street", "what slowly", null, null, null, null, null, null, null, 5_000, false);
  }

  private static String refusal(Pipeline pipeline, String id) {
    AnswerError error = pipeline.answer(id).error();
    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.BAD_QUESTION);
    return error.message();
  }

  /** Returns a picture that claims to be as large as a picture can be. */
  private static byte[] vast(byte[] jpeg) {
    byte[] vast = jpeg.clone();
    int frame = 0;
    while ((vast[frame] & 0xff) != 0xff || (vast[frame + 1] & 0xff) != 0xc0) {
      frame++;
    }
    Arrays.fill(vast, frame + 5, frame + 9, (byte) 0x7f);
    return vast;
  }

  private static Question showing(String id, String text, byte[] jpeg, String answer) {
    String image = Base64.getEncoder().encodeToString(jpeg);
    return new Question(
        id,
        "street",
        text,
        null,
        null,
        null,
        List.of(Example.of(image, text, answer)),
        null,
        null,
        null,
        null,
        false);
  }

  private static GeneratedAnswer answerOf(
      Bundle bundle, Path cache, List<byte[]> pictures, String question, byte @Nullable [] shot)
      throws IOException {
    try (FlamingoEngine engine =
        FlamingoEngine.open(bundle, EngineOptions.cachedIn(cache).withThreads(1))) {
      Cue cue = Cue.question(question);
      List<Shot> shots =
          shot == null
              ? List.of()
              : List.of(new Shot(see(engine, List.of(shot)), cue, "a red car"));
      AnswerRequest request =
          AnswerRequest.of(
              engine.prompts().inContext(shots, cue, see(engine, pictures)),
              Question.DEFAULT_MAX_TOKENS);
      return engine.generator().generate(List.of(request)).get(0);
    }
  }

  private static VisualTokens see(FlamingoEngine engine, List<byte[]> pictures) throws IOException {
    List<float[]> pixels = new ArrayList<>();
    for (byte[] picture : pictures) {
      pixels.add(engine.preprocessor().fromJpeg(picture));
    }
    List<FrameFeatures> features =
        engine.encoder().encode(pixels).stream()
            .map(frame -> FrameFeatures.fromBytes(frame.toBytes()))
            .toList();
    return VisualTokens.fromSafetensors(
        engine.resampler().resample(List.of(features)).get(0).toSafetensors());
  }

  private static String spoken(Pipeline pipeline, String id) {
    JsonSerde<AnswerDelta> deltas = new JsonSerde<>(AnswerDelta.class);
    return pipeline.records(pipeline.topics.answerDeltas()).stream()
        .map(ConsumerRecord::value)
        .map(deltas::read)
        .filter(delta -> delta.id().equals(id))
        .map(AnswerDelta::text)
        .collect(Collectors.joining());
  }

  /** Returns the first answers by question, without how long they took. */
  private static Map<String, Answer> byId(List<Answer> answers) {
    return answers.stream()
        .map(
            answer ->
                new Answer(
                    answer.id(),
                    answer.question(),
                    answer.stream(),
                    answer.kind(),
                    answer.status(),
                    answer.text(),
                    answer.finish(),
                    answer.error(),
                    answer.window(),
                    answer.confidence(),
                    answer.model(),
                    null))
        .collect(Collectors.toMap(Answer::id, answer -> answer, (a, b) -> a, TreeMap::new));
  }
}
