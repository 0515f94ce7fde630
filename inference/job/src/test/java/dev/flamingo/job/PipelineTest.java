package dev.flamingo.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerError;
import dev.flamingo.events.AnswerKind;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.events.AnswerWindow;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Example;
import dev.flamingo.events.Finish;
import dev.flamingo.events.Question;
import dev.flamingo.events.Support;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One job for all tests; every test has a stream of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PipelineTest {

  private static final EchoModel.Provider ECHO = new EchoModel.Provider("pipeline");

  /** Two minutes ago, so that no frame is of the future. */
  private final long start = Instant.now().getEpochSecond() * 1_000 - 120_000;

  @SuppressWarnings("NullAway.Init") // set by open()
  private EmbeddedKafka kafka;

  @SuppressWarnings("NullAway.Init") // set by open()
  private Pipeline pipeline;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    kafka = new EmbeddedKafka(folder.resolve("kafka"));
    pipeline =
        Pipeline.create(kafka, folder.resolve("checkpoints"), "pipeline.", ECHO, usual -> usual)
            .start();
  }

  @AfterAll
  void close() {
    pipeline.close();
    kafka.close();
  }

  @AfterEach
  void nobodyIsLeftInSilenceAndNoFrameIsEncodedTwice() throws Exception {
    pipeline.checkEveryQuestionEnded();
    pipeline.checkTheJobNeverFailed();
    assertThat(ECHO.encoded()).allSatisfy((name, times) -> assertThat(times).isEqualTo(1));
  }

  @Test
  void aQuestionBetweenFramesSeesTheEightFramesBeforeIt() {
    pipeline.frames("between", start, 1, 20);
    pipeline.ask(Question.of("between", "between", "what"), start + 15_400);

    Answer answer = pipeline.answer("between");

    assertThat(answer.status()).isEqualTo(AnswerStatus.COMPLETED);
    assertThat(answer.text()).isEqualTo(names("between", 8, 15));
    assertThat(answer.question()).isEqualTo("what");
    assertThat(answer.kind()).isEqualTo(AnswerKind.ANSWER);
    assertThat(answer.finish()).isEqualTo(Finish.STOP);
    assertThat(answer.confidence()).isEqualTo(0.75);
    assertThat(answer.model()).isEqualTo("echo@0");
    assertThat(answer.window()).isEqualTo(window(8, 15));
    assertThat(answer.timings()).isNotNull();
    assertThat(answer.timings().windowAge()).isEqualTo(400);
  }

  @Test
  void aQuestionWaitsForTheFrameThatIsUnderWay() {
    pipeline.frames("underway", start, 1, 3);
    pipeline.ask(Question.of("underway", "underway", "what"), start + 5_100);
    pipeline.ask(Question.of("settled", "underway", "what"), start + 3_900);
    assertThat(pipeline.answer("settled").text()).isEqualTo(names("underway", 1, 3));
    pipeline.frames("underway", start, 4, 6);

    assertThat(pipeline.answer("underway").text()).isEqualTo(names("underway", 1, 5));
  }

  @Test
  void aQuestionToAStreamThatStandsStillSeesItsLastFrames() {
    pipeline.frames("still", start, 1, 9);
    pipeline.ask(Question.of("still", "still", "what"), start + 20_000);

    assertThat(pipeline.answer("still").text()).isEqualTo(names("still", 2, 9));
  }

  @Test
  void framesThatComeLateOrTwiceChangeNothing() {
    pipeline.frames("late", start, 1, 6);
    pipeline.frames("late", start, 3, 5);
    pipeline.frame("late", start + 4_500, EchoModel.picture("late-between"));
    pipeline.frames("late", start, 7, 7);
    pipeline.ask(Question.of("late", "late", "what"), start + 7_000);

    assertThat(pipeline.answer("late").text()).isEqualTo(names("late", 1, 7));
    assertThat(ECHO.encoded()).doesNotContainKey("late-between");
  }

  @Test
  void aStreamWhoseClockRanAheadAndWasPutBackIsSeenAtOnce() {
    pipeline.frames("ahead", start + 600_000, 101, 108);
    pipeline.frames("ahead", start, 1, 9);
    pipeline.ask(Question.of("put-back", "ahead", "what"), start + 9_000);
    pipeline.ask(Question.of("caught-up", "ahead", "what"), start + 708_500);

    assertThat(pipeline.answer("put-back").text()).isEqualTo(names("ahead", 2, 9));
    assertThat(code("caught-up")).as("nothing of the time ahead").isEqualTo(ErrorCode.NO_VIDEO);
  }

  @Test
  void aBrokenPictureIsADeadLetterAndTheStreamGoesOn() {
    pipeline.frames("torn", start, 1, 2);
    pipeline.frame("torn", start + 3_000, EchoModel.picture("broken-3"));
    pipeline.frames("torn", start, 4, 5);
    pipeline.ask(Question.of("torn", "torn", "what"), start + 5_000);

    assertThat(pipeline.answer("torn").text()).isEqualTo("torn-1 torn-2 torn-4 torn-5");
    assertThat(deadLetter("torn")).containsExactly("bad-frame", "the picture is torn");
  }

  @Test
  void framesBeforeAndAfterAGapAreNotSeenTogether() {
    pipeline.frames("gap", start, 1, 3);
    pipeline.frames("gap", start, 20, 21);
    pipeline.ask(Question.of("gap", "gap", "what"), start + 21_500);

    assertThat(pipeline.answer("gap").text()).isEqualTo(names("gap", 20, 21));
  }

  @Test
  void aMomentAndARangeOfThePastAreLookedUpInTheHistory() {
    pipeline.frames("past", start, 1, 64);
    long now = start + 64_100;
    pipeline.ask(about("moment", "past", start + 12_300, null, null), now);
    pipeline.ask(about("lately", "past", start + 60_500, null, null), now);
    pipeline.ask(about("range", "past", null, start + 23_000, start + 30_000), now);
    pipeline.ask(about("before", "past", start - 60_000, null, null), now);
    pipeline.ask(about("after", "past", start + 200_000, null, null), now);

    assertThat(pipeline.answer("moment").text()).isEqualTo(names("past", 9, 16));
    assertThat(pipeline.answer("lately").text()).isEqualTo(names("past", 53, 60));
    assertThat(pipeline.answer("range").text()).isEqualTo(names("past", 25, 32));
    assertThat(pipeline.answer("range").window()).isEqualTo(window(25, 32));
    assertThat(code("before")).isEqualTo(ErrorCode.NO_VIDEO);
    assertThat(code("after")).isEqualTo(ErrorCode.NO_VIDEO);
  }

  @Test
  void historyWindowsArePublishedWithoutOverlap() {
    pipeline.frames("history", start, 1, 18);

    await()
        .atMost(Pipeline.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        pipeline.records(pipeline.topics.visualTokens()).stream()
                            .filter(token -> text(token.key()).equals("history"))
                            .map(token -> text(token.value())))
                    .containsExactly(names("history", 1, 8), names("history", 9, 16)));
    assertThat(
            pipeline.records(pipeline.topics.visualTokens()).stream()
                .filter(token -> text(token.key()).equals("history"))
                .findFirst()
                .orElseThrow()
                .headers())
        .extracting(Header::key, header -> text(header.value()))
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                "window-from", Instant.ofEpochMilli(start + 1_000).toString()),
            org.assertj.core.groups.Tuple.tuple("frames", "8"),
            org.assertj.core.groups.Tuple.tuple("model", "echo@0"));
  }

  @Test
  void aStreamThatAsksForCaptionsGetsOneEveryFourSeconds() {
    pipeline.register("captioned", true);
    pipeline.ask(Question.of("registered", "captioned", "what"), start);
    assertThat(code("registered")).isEqualTo(ErrorCode.NO_VIDEO);
    pipeline.frames("captioned", start, 1, 24);
    pipeline.frames("uncaptioned", start, 1, 24);

    await()
        .atMost(Pipeline.PATIENCE)
        .untilAsserted(() -> assertThat(pipeline.captions()).hasSizeGreaterThanOrEqualTo(6));
    List<Long> ends = pipeline.captions().stream().map(PipelineTest::end).toList();
    assertThat(ends.get(0)).isEqualTo(start + 1_000);
    // The second is late where the stream's first turn ends less than half a turn behind the first.
    assertThat(ends.get(1) - ends.get(0)).isBetween(2_000L, 4_000L);
    for (int i = 3; i < ends.size(); i++) {
      assertThat(ends.get(i) - ends.get(i - 1)).isEqualTo(4_000);
    }
    assertThat(pipeline.captions())
        .allSatisfy(
            caption -> {
              assertThat(caption.kind()).isEqualTo(AnswerKind.CAPTION);
              assertThat(caption.stream()).isEqualTo("captioned");
            });
  }

  private static long end(Answer caption) {
    return Objects.requireNonNull(caption.window()).to().toEpochMilli();
  }

  @Test
  void aStreamThatNobodyKnowsIsSaidToBeUnknown() {
    pipeline.ask(Question.of("unknown", "nowhere", "what"), null);

    assertThat(code("unknown")).isEqualTo(ErrorCode.UNKNOWN_STREAM);
  }

  @Test
  void aStreamWhoseFramesAreAllTooOldHasNoVideo() {
    pipeline.frames("old", start, 1, 3);
    pipeline.ask(Question.of("old", "old", "what"), start + 60_000);

    assertThat(code("old")).isEqualTo(ErrorCode.NO_VIDEO);
  }

  @Test
  void theSameIdIsAnsweredOnce() {
    pipeline.frames("twice", start, 1, 2);
    pipeline.ask(Question.of("twice", "twice", "what"), start + 2_000);
    pipeline.ask(Question.of("twice", "twice", "what"), start + 2_000);
    pipeline.ask(Question.of("thereafter", "twice", "what"), start + 2_000);

    pipeline.answer("thereafter");
    assertThat(pipeline.answers("twice", 1)).hasSize(1);
  }

  @Test
  void aQuestionWithoutAnIdIsNamedAfterItsPlace() {
    pipeline.frames("nameless", start, 1, 2);
    pipeline.send(
        pipeline.topics.questions(),
        null,
        bytes("{\"stream\":\"nameless\",\"text\":\"which name\"}"),
        start + 2_000);

    await()
        .atMost(Pipeline.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pipeline.answers())
                    .filteredOn(answer -> "which name".equals(answer.question()))
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.id()).matches("q-0-\\d+")));
  }

  @Test
  void examplesShowImagesAndWindowsAndAreEncodedOnce() {
    pipeline.frames("shots", start, 1, 30);
    List<Example> examples =
        List.of(
            image("shot-a", "who", "ann"),
            new Example(null, new Example.Window(at(9), at(16)), "when", "then"),
            new Example(null, Example.Window.at(at(29).toString()), "now", "yes"),
            image("shot-b", "who", "bob"));
    String expected =
        "shot-a who: ann; %s when: then; %s now: yes; shot-b who: bob; %s"
            .formatted(names("shots", 9, 16), names("shots", 22, 29), names("shots", 23, 30));
    for (String id : List.of("shots-1", "shots-2")) {
      pipeline.ask(showing(id, "shots", examples, null), start + 30_000);
      assertThat(pipeline.answer(id).text()).isEqualTo(expected);
    }
    assertThat(ECHO.encoded()).containsEntry("shot-a", 1);
  }

  @Test
  void anExampleThatCannotBeSeenIsNamed() {
    pipeline.frames("blind", start, 1, 8);
    Example fine = image("shot-fine", "who", "ann");
    pipeline.ask(
        showing("torn-shot", "blind", List.of(fine, image("broken-shot", "who", "bob")), null),
        start + 8_000);
    Example.Window past = new Example.Window(at(-90), at(-80));
    pipeline.ask(
        showing("lost-shot", "blind", List.of(fine, new Example(null, past, "who", "bob")), null),
        start + 8_000);
    pipeline.ask(
        showing("no-base64", "blind", List.of(Example.of("?!", "who", "bob")), null),
        start + 8_000);

    assertThat(pipeline.answer("torn-shot").error())
        .isEqualTo(
            new AnswerError(
                ErrorCode.BAD_QUESTION,
                "example 2 has an image that cannot be read: the picture is torn"));
    assertThat(code("lost-shot")).isEqualTo(ErrorCode.NO_VIDEO);
    assertThat(pipeline.answer("lost-shot").error())
        .extracting(error -> error == null ? "" : error.message())
        .asString()
        .contains("window of example 2");
    assertThat(code("no-base64")).isEqualTo(ErrorCode.BAD_QUESTION);
  }

  @Test
  void aSupportIsKnownByItsName() {
    pipeline.frames("supported", start, 1, 4);
    pipeline.ask(showing("early", "supported", null, "wugs"), start + 4_000);
    pipeline.support("wugs", new Support(List.of(image("shot-wug", "what", "a wug"))));
    String seen = names("supported", 1, 4);
    assertThat(pipeline.answer("early").text()).isEqualTo("shot-wug what: a wug; " + seen);
    pipeline.support("wugs", new Support(List.of(image("shot-dax", "what", "a dax"))));
    await()
        .atMost(Pipeline.PATIENCE)
        .untilAsserted(
            () -> {
              String id = "again-" + System.nanoTime();
              pipeline.ask(showing(id, "supported", null, "wugs"), start + 4_000);
              assertThat(pipeline.answer(id).text()).isEqualTo("shot-dax what: a dax; " + seen);
            });
    pipeline.send(pipeline.topics.supports(), "empty", bytes("{\"examples\":[]}"), null);
    assertThat(deadLetter("empty"))
        .containsExactly("bad-support", "a support needs at least one example");
    pipeline.ask(showing("nameless-support", "supported", null, "empty"), start + 4_000);
    pipeline.ask(showing("withdrawn-support", "supported", null, "empty"), start + 4_000);
    pipeline.ask(Question.cancelling("withdrawn-support", "supported"), null);
    assertThat(code("nameless-support")).isEqualTo(ErrorCode.BAD_QUESTION);
    assertThat(pipeline.answer("withdrawn-support").status()).isEqualTo(AnswerStatus.CANCELLED);
    pipeline.ask(hurried("hurried-support", "supported", "empty"), null);
    assertThat(code("hurried-support")).isEqualTo(ErrorCode.DEADLINE);
  }

  private Instant at(int second) {
    return Instant.ofEpochMilli(start + second * 1_000L);
  }

  private static Example image(String name, String question, String answer) {
    String image = Base64.getEncoder().encodeToString(EchoModel.picture(name));
    return Example.of(image, question, answer);
  }

  private static Question showing(
      String id, String stream, @Nullable List<Example> examples, @Nullable String support) {
    return new Question(
        id, stream, "what", null, null, null, examples, support, null, null, null, false);
  }

  private static Question hurried(String id, String stream, String support) {
    return new Question(id, stream, "what", null, null, null, null, support, null, null, 1, false);
  }

  @Test
  void whatIsNotSupportedOrMalformedIsABadQuestion() {
    for (String wrong :
        List.of(
            "{\"id\":\"bad-1\",\"stream\":\"x\"}",
            "{\"id\":\"bad-2\",\"stream\":\"NO SUCH\",\"text\":\"what\"}",
            "{\"id\":\"bad-3\",\"stream\":\"x\",\"text\":\"what\",\"support\":\"set\"}",
            "{\"id\":\"bad-4\",\"stream\":\"x\",\"text\":\"what\",\"standing\":"
                + "{\"everySeconds\":8,\"onlyWhenChanged\":true}}",
            "{\"id\":\"bad-5\",\"stream\":\"x\",\"text\":5,\"deadlineMs\":\"soon\"}",
            "{\"id\":\"bad-6\",\"stream\":\"x\",\"text\":\"" + "a".repeat(1_001) + "\"}")) {
      pipeline.send(pipeline.topics.questions(), "x", bytes(wrong), null);
    }

    for (int i = 1; i <= 6; i++) {
      assertThat(code("bad-" + i)).isEqualTo(ErrorCode.BAD_QUESTION);
    }
  }

  @Test
  void whatIsNestedTooDeeplyOrHoldsTwoObjectsIsABadQuestionUnderItsId() {
    String deep = "[".repeat(30) + "]".repeat(30);
    pipeline.send(
        pipeline.topics.questions(),
        null,
        bytes("{\"x\":%s,\"id\":\"deep\",\"stream\":\"x\",\"text\":\"what\"}".formatted(deep)),
        null);
    String one = "{\"id\":\"%s\",\"stream\":\"x\",\"text\":\"what\"}\n";
    pipeline.send(
        pipeline.topics.questions(),
        null,
        bytes(one.formatted("line-1") + one.formatted("line-2")),
        null);

    assertThat(code("deep")).isEqualTo(ErrorCode.BAD_QUESTION);
    assertThat(pipeline.answer("line-1").error())
        .isEqualTo(
            new AnswerError(
                ErrorCode.BAD_QUESTION,
                "the value is no question: it holds more than one json object: send each in a record"
                    + " of its own"));
  }

  @Test
  void aQuestionThatIsReadAfterItsDeadlineFailsAtOnceAndOneThatIsReplayedHasNone() {
    pipeline.frames("tardy", start, 1, 2);
    pipeline.ask(Question.of("replayed", "tardy", "what"), start + 2_000);
    pipeline.askAt(Question.of("tardy", "tardy", "what"), start + 2_000);

    assertThat(pipeline.answer("replayed").text()).isEqualTo(names("tardy", 1, 2));
    assertThat(code("tardy")).isEqualTo(ErrorCode.DEADLINE);
    assertThat(pipeline.answer("tardy").timings()).isNull();
  }

  @Test
  void noAnswerCompletesAfterItsDeadlineThoughTheModelIsDoneThen() {
    pipeline.frames("halting", start, 1, 2);
    Question halting =
        new Question(
            "halting", "halting", "halting", null, null, null, null, null, null, null, 300, false);
    pipeline.ask(halting, start + 2_000);

    assertThat(code("halting")).isEqualTo(ErrorCode.DEADLINE);
  }

  @Test
  void anIdIsAnsweredOnceAcrossStreamsAndTheFirstCounts() {
    pipeline.frames("east", start, 1, 2);
    pipeline.frames("west", start, 1, 2);
    pipeline.ask(Question.of("both", "east", "what"), start + 2_000);
    pipeline.ask(Question.of("both", "west", "what"), start + 2_000);
    pipeline.ask(Question.of("unknown-first", "nowhere-else", "what"), start + 2_000);
    pipeline.ask(Question.of("unknown-first", "east", "what"), start + 2_000);
    pipeline.ask(Question.of("bad-first", "NO STREAM", "what"), start + 2_000);
    pipeline.ask(Question.of("bad-first", "east", "what"), start + 2_000);
    pipeline.ask(Question.of("bad-last", "west", "what"), start + 2_000);
    pipeline.ask(Question.of("bad-last", "NO STREAM", "what"), start + 2_000);
    for (String stream : List.of("east", "west", "nowhere-else")) {
      pipeline.ask(Question.of("after-" + stream, stream, "what"), start + 2_000);
    }

    for (String stream : List.of("east", "west", "nowhere-else")) {
      pipeline.answer("after-" + stream);
    }
    assertThat(pipeline.answers("both", 1))
        .singleElement()
        .satisfies(answer -> assertThat(answer.text()).isEqualTo(names("east", 1, 2)));
    assertThat(code("unknown-first")).isEqualTo(ErrorCode.UNKNOWN_STREAM);
    assertThat(pipeline.answers("unknown-first", 1)).hasSize(1);
    assertThat(code("bad-first")).isEqualTo(ErrorCode.BAD_QUESTION);
    assertThat(pipeline.answers("bad-first", 1)).hasSize(1);
    assertThat(pipeline.answers("bad-last", 1))
        .singleElement()
        .satisfies(answer -> assertThat(answer.text()).isEqualTo(names("west", 1, 2)));
  }

  @Test
  void aWithdrawalReachesItsQuestionWhateverStreamItNamesAndAQuestionCannotBeOne() {
    pipeline.frames("north-side", start, 1, 2);
    pipeline.ask(Question.of("kept", "north-side", "slowly"), start + 2_000);
    pipeline.ask(Question.of("taken-back", "north-side", "slowly"), start + 2_000);
    pipeline.send(
        pipeline.topics.questions(),
        null,
        bytes("{\"id\":\"kept\",\"stream\":\"north-side\",\"cancel\":true}"),
        null);
    pipeline.ask(Question.cancelling("taken-back", "elsewhere"), null);

    assertThat(pipeline.answer("taken-back").status()).isEqualTo(AnswerStatus.CANCELLED);
    pipeline.ask(Question.cancelling("kept", "north-side"), null);
    assertThat(pipeline.answer("kept").status()).isEqualTo(AnswerStatus.CANCELLED);
    assertThat(pipeline.answers("kept", 1)).hasSize(1);
  }

  @Test
  void aQuestionOfATransactionCountsWhenItIsCommitted() {
    pipeline.frames("ledger", start, 1, 2);
    try (KafkaProducer<byte[], byte[]> bank = pipeline.transactional("bank")) {
      bank.beginTransaction();
      var unused = bank.send(pipeline.question(Question.of("aborted", "ledger", "what")));
      bank.flush();
      bank.abortTransaction();
      bank.beginTransaction();
      var unusedToo = bank.send(pipeline.question(Question.of("committed", "ledger", "what")));
      bank.flush();
      pipeline.ask(Question.of("behind", "ledger", "what"), start + 2_000);
      await()
          .during(Duration.ofMillis(700))
          .atMost(Pipeline.PATIENCE)
          .until(() -> pipeline.answers().stream().noneMatch(a -> a.id().equals("committed")));
      bank.commitTransaction();
    }

    assertThat(pipeline.answer("committed").id()).isEqualTo("committed");
    pipeline.answer("behind");
    assertThat(pipeline.answers()).noneMatch(answer -> answer.id().equals("aborted"));
  }

  @Test
  void anAnswerThatTakesTooLongFailsAtItsDeadline() {
    pipeline.frames("deadline", start, 1, 2);
    Question slow =
        new Question(
            "slow", "deadline", "slowly", null, null, null, null, null, null, null, 400, false);
    pipeline.ask(slow, start + 2_000);

    assertThat(code("slow")).isEqualTo(ErrorCode.DEADLINE);
  }

  @Test
  void aQuestionCanBeWithdrawnWhileItWaitsAndWhileItIsAnswered() {
    pipeline.frames("withdrawn", start, 1, 2);
    pipeline.ask(Question.of("speaking", "withdrawn", "slowly"), start + 2_000);
    await()
        .atMost(Pipeline.PATIENCE)
        .until(
            () ->
                pipeline.records(pipeline.topics.answerDeltas()).stream()
                    .anyMatch(delta -> text(delta.key()).equals("speaking")));
    pipeline.ask(Question.cancelling("speaking", "withdrawn"), null);
    pipeline.ask(Question.of("waiting", "withdrawn", "what"), start + 9_000);
    pipeline.ask(Question.cancelling("waiting", "withdrawn"), null);

    assertThat(pipeline.answer("speaking").status()).isEqualTo(AnswerStatus.CANCELLED);
    assertThat(pipeline.answer("waiting").status()).isEqualTo(AnswerStatus.CANCELLED);
  }

  @Test
  void aQuestionThatBreaksTheModelFailsAlone() {
    pipeline.frames("poison", start, 1, 2);
    pipeline.ask(Question.of("poison", "poison", "poison"), start + 2_000);
    pipeline.ask(Question.of("healthy", "poison", "what"), start + 2_000);

    assertThat(code("poison")).isEqualTo(ErrorCode.INTERNAL);
    assertThat(pipeline.answer("healthy").text()).isEqualTo(names("poison", 1, 2));
  }

  @Test
  void aHundredQuestionsEncodeNothingMore() {
    pipeline.frames("hundred", start, 1, 8);
    pipeline.ask(Question.of("first", "hundred", "what"), start + 8_000);
    pipeline.answer("first");
    int before = ECHO.encoded().values().stream().mapToInt(Integer::intValue).sum();
    IntStream.range(0, 100)
        .forEach(i -> pipeline.ask(Question.of("hundred-" + i, "hundred", "what"), start + 8_000));

    pipeline.checkEveryQuestionEnded();
    assertThat(ECHO.encoded().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(before);
  }

  @Test
  void aWindowIsResampledOnceAndOnlyWhereSomebodyAsksOrItIsHistory() {
    pipeline.frames("resampled", start, 1, 10);
    IntStream.range(0, 100)
        .forEach(
            i -> pipeline.ask(Question.of("resampled-" + i, "resampled", "what"), start + 10_000));

    pipeline.checkEveryQuestionEnded();
    assertThat(ECHO.resampled())
        .containsEntry(names("resampled", 1, 8), 1)
        .containsEntry(names("resampled", 3, 10), 1);
    assertThat(ECHO.resampled().keySet().stream().filter(names -> names.startsWith("resampled")))
        .hasSize(2);
  }

  @Test
  void whatIsTooLargeForItsTopicIsLeftOutAndItsQuestionFails() {
    String vast = "vast".repeat(50_000);
    for (int second = 1; second <= 8; second++) {
      pipeline.frame("vast", start + second * 1_000L, EchoModel.picture(vast + second));
    }
    pipeline.ask(Question.of("vast", "vast", "what"), start + 8_000);

    assertThat(code("vast")).isEqualTo(ErrorCode.INTERNAL);
    assertThat(pipeline.records(pipeline.topics.visualTokens()))
        .noneMatch(tokens -> text(tokens.key()).equals("vast"));
  }

  @Test
  void anInstantBeyondTheRuleIsRefusedWhereverItStands() {
    String far = "+1000000000-12-31T23:59:59.999999999Z";
    String example =
        "{\"examples\":[{\"window\":\"%s\",\"question\":\"a\",\"answer\":\"b\"}]}".formatted(far);
    pipeline.send(pipeline.topics.supports(), "far-support", bytes(example), null);
    for (String field :
        List.of(
            "\"id\":\"far-1\",\"at\":\"%s\"".formatted(far),
            "\"id\":\"far-2\",\"from\":\"-1000000000-01-01T00:00:00Z\",\"to\":\"%s\""
                .formatted(far),
            "\"id\":\"far-3\"," + example.substring(1, example.length() - 1))) {
      pipeline.send(
          pipeline.topics.questions(),
          null,
          bytes("{\"stream\":\"far\",\"text\":\"what\"," + field + "}"),
          null);
    }

    assertThat(deadLetter("far-support").get(1)).contains("the years 1970 to 9999");
    for (int i = 1; i <= 3; i++) {
      assertThat(code("far-" + i)).isEqualTo(ErrorCode.BAD_QUESTION);
    }
  }

  @Test
  void recordsOfTheFarFutureEndAndWhatTheJobWritesCarriesThePresent() throws Exception {
    pipeline.allowTheFuture();
    long far = System.currentTimeMillis() + Duration.ofDays(400).toMillis();
    pipeline.frames("future", start, 1, 2);
    pipeline.frame("future", far, EchoModel.picture("future-far"));
    Question brief =
        new Question(
            "future", "future", "what", null, null, null, null, null, null, null, 500, false);
    pipeline.askAt(brief, far);
    pipeline.ask(Question.of("present", "future", "what"), start + 2_000);

    assertThat(deadLetter("future").get(1)).contains("in the future: set the camera's clock");
    assertThat(code("future")).isEqualTo(ErrorCode.DEADLINE);
    assertThat(pipeline.answer("present").text()).isEqualTo(names("future", 1, 2));
    assertThat(pipeline.records(pipeline.topics.answers()))
        .allSatisfy(answer -> assertThat(answer.timestamp()).isBetween(start, far / 2 + start / 2));
  }

  @Test
  void aThousandBadRecordsAmongGoodOnesHurtNoGoodOne() {
    byte[][] garbage = {
      bytes("not json"), bytes("{\"stream\":"), new byte[] {0, 1, 2}, null, bytes("[]"), bytes("7")
    };
    for (int i = 0; i < 1_000; i++) {
      byte[] bad = garbage[i % garbage.length];
      String key = i % 3 == 0 ? null : i % 3 == 1 ? "flood" : "NOT A STREAM";
      String topic =
          List.of(pipeline.topics.questions(), pipeline.topics.frames(), pipeline.topics.streams())
              .get(i % 7 % 3);
      // A compacted topic takes nothing without a key.
      boolean keyless = key == null && topic.equals(pipeline.topics.streams());
      pipeline.send(topic, keyless ? "flood" : key, bad, null);
      if (i % 100 == 50) {
        pipeline.frames("flood", start, i / 100, i / 100);
        pipeline.ask(Question.of("flood-" + i / 100, "flood", "what"), start + i / 100 * 1_000L);
      }
    }

    for (int i = 0; i < 10; i++) {
      assertThat(pipeline.answer("flood-" + i).text())
          .isEqualTo(names("flood", Math.max(0, i - 7), i));
    }
  }

  private ErrorCode code(String id) {
    Answer answer = pipeline.answer(id);
    assertThat(answer.status()).isEqualTo(AnswerStatus.FAILED);
    assertThat(answer.error()).isNotNull();
    return answer.error().code();
  }

  private List<String> deadLetter(String key) {
    return await()
        .atMost(Pipeline.PATIENCE)
        .until(
            () ->
                pipeline.records(pipeline.topics.deadLetters()).stream()
                    .filter(letter -> letter.key() != null && text(letter.key()).equals(key))
                    .map(
                        letter ->
                            List.of(
                                text(letter.headers().lastHeader("error-code").value()),
                                text(letter.headers().lastHeader("error-message").value())))
                    .findFirst()
                    .orElse(List.of()),
            letter -> !letter.isEmpty());
  }

  private AnswerWindow window(int first, int last) {
    List<Instant> frames =
        IntStream.rangeClosed(first, last)
            .mapToObj(second -> Instant.ofEpochMilli(start + second * 1_000L))
            .toList();
    return new AnswerWindow(frames.get(0), frames.get(frames.size() - 1), frames);
  }

  private static Question about(
      String id, String stream, @Nullable Long at, @Nullable Long from, @Nullable Long to) {
    return new Question(
        id,
        stream,
        "what",
        instant(at),
        instant(from),
        instant(to),
        null,
        null,
        null,
        null,
        null,
        false);
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  private static String names(String stream, int first, int last) {
    return String.join(
        " ", IntStream.rangeClosed(first, last).mapToObj(second -> stream + "-" + second).toList());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
