package dev.flamingo.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The time limit only frees a thread that waits for a step which a failed test never permits. */
@Timeout(60)
final class AnswererTest {

  private static final int PLENTY = 1_000;

  private final SteppedBatch batch = new SteppedBatch();

  @Test
  void aShortAnswerThatComesBehindALongOneEndsFirst() throws Exception {
    try (Answerer answerer = answerer(new AnswererLimits(2, 10, 10))) {
      CompletableFuture<ModelAnswer> longer = ask(answerer, "north", "long", 50);
      await().until(() -> batch.begun.contains("long"));
      CompletableFuture<ModelAnswer> shorter = ask(answerer, "south", "short", 1);
      batch.permits.release(3);

      assertThat(shorter.get().text()).isEqualTo("said");
      assertThat(longer).isNotDone();
      batch.permits.release(PLENTY);
      assertThat(longer.get().text()).isEqualTo("said");
    }
  }

  @Test
  void aFloodOfOneStreamDelaysAnotherByOneTurn() throws Exception {
    try (Answerer answerer = answerer(new AnswererLimits(1, 100, 10))) {
      List<CompletableFuture<ModelAnswer>> flood = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        flood.add(ask(answerer, "north", "flood " + i, 2));
      }
      CompletableFuture<ModelAnswer> quiet = ask(answerer, "south", "quiet", 2);
      batch.permits.release(PLENTY);
      quiet.get();
      for (CompletableFuture<ModelAnswer> answer : flood) {
        answer.get();
      }

      // The one whose row it was, and one turn.
      assertThat(batch.begun.indexOf("quiet")).isLessThanOrEqualTo(2);
      assertThat(batch.begun.subList(3, 21)).isSortedAccordingTo((a, b) -> number(a) - number(b));
    }
  }

  private static int number(String text) {
    return Integer.parseInt(text.substring("flood ".length()));
  }

  @Test
  void whereThereIsNoPlaceTheStreamThatHoldsMostGivesWay() throws Exception {
    try (Answerer answerer = answerer(new AnswererLimits(1, 3, 10))) {
      CompletableFuture<ModelAnswer> running = ask(answerer, "north", "running", 1);
      await().until(() -> batch.begun.contains("running"));
      List<CompletableFuture<ModelAnswer>> flood = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        flood.add(ask(answerer, "north", "flood " + i, 1));
      }
      assertThatThrownBy(flood.get(3)::get).hasCauseInstanceOf(RejectedExecutionException.class);
      CompletableFuture<ModelAnswer> quiet = ask(answerer, "south", "quiet", 1);
      assertThatThrownBy(flood.get(2)::get).hasCauseInstanceOf(RejectedExecutionException.class);
      batch.permits.release(PLENTY);

      for (CompletableFuture<ModelAnswer> admitted :
          List.of(running, flood.get(0), flood.get(1), quiet)) {
        assertThat(admitted.get().text()).isEqualTo("said");
      }
    }
  }

  @Test
  void aWithdrawnQuestionLeavesItsRowBeforeTheNextToken() throws Exception {
    try (Answerer answerer = answerer(new AnswererLimits(1, 10, 10))) {
      CompletableFuture<ModelAnswer> withdrawn = ask(answerer, "north", "withdrawn", 50);
      await().until(() -> batch.begun.contains("withdrawn"));
      CompletableFuture<ModelAnswer> next = ask(answerer, "north", "next", 1);
      withdrawn.cancel(false);
      batch.permits.release(2);

      assertThat(next.get().text()).isEqualTo("said");
      assertThat(answerer.running()).isZero();
      assertThat(answerer.waiting()).isZero();
      await().untilAsserted(() -> assertThat(answerer.answers()).isEqualTo(2));
      assertThat(answerer.steps()).isEqualTo(2);
      assertThat(answerer.rowsStepped()).isEqualTo(2);
    }
  }

  @Test
  void whoWasWithdrawnWhileWaitingTakesNobodysPlace() throws Exception {
    try (Answerer answerer = answerer(new AnswererLimits(1, 2, 10))) {
      var unused = ask(answerer, "north", "running", 1);
      await().until(() -> batch.begun.contains("running"));
      CompletableFuture<ModelAnswer> withdrawn = ask(answerer, "north", "withdrawn", 1);
      CompletableFuture<ModelAnswer> kept = ask(answerer, "north", "kept", 1);
      withdrawn.cancel(false);
      CompletableFuture<ModelAnswer> late = ask(answerer, "north", "late", 1);
      batch.permits.release(PLENTY);

      assertThat(kept.get().text()).isEqualTo(late.get().text());
      assertThat(batch.begun).containsExactly("running", "kept", "late");
    }
  }

  @Test
  void aBatchThatFailsAsAWholeFailsItsQuestionsAndTheNextOneGetsANewBatch() throws Exception {
    List<AnswerBatch> batches = new ArrayList<>(List.of(new FailingBatch(), batch));
    AnswererLimits limits = new AnswererLimits(1, 10, 10);
    try (Answerer answerer =
        new Answerer("test-answer", limits, () -> batches.remove(0), batch.nanos::get)) {
      CompletableFuture<ModelAnswer> hit = ask(answerer, "north", "hit", 1);
      assertThatThrownBy(hit::get).hasCauseInstanceOf(AssertionError.class);
      batch.permits.release(PLENTY);

      assertThat(ask(answerer, "north", "next", 1).get().text()).isEqualTo("said");
      assertThat(answerer.running()).isZero();
    }
  }

  @Test
  void aModelThatOpensNoBatchFailsQuestionsAndRefusesNone() {
    AnswererLimits limits = new AnswererLimits(1, 10, 10);
    try (Answerer answerer =
        new Answerer(
            "test-answer",
            limits,
            () -> {
              throw new IllegalStateException("no batch");
            },
            batch.nanos::get)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(ask(answerer, "north", "hit", 1)::get)
            .hasCauseInstanceOf(IllegalStateException.class);
      }
    }
  }

  private static final class FailingBatch implements AnswerBatch {

    private final List<CompletableFuture<ModelAnswer>> answers = new ArrayList<>();

    @Override
    public CompletableFuture<ModelAnswer> join(ModelQuestion question) {
      answers.add(new CompletableFuture<>());
      return answers.get(answers.size() - 1);
    }

    @Override
    public void step() {
      throw new AssertionError("the model is broken");
    }

    @Override
    public void close() {
      answers.forEach(answer -> answer.completeExceptionally(new CancellationException()));
    }
  }

  @Test
  void questionsGoBeforeCaptionsWhichHoldHalfOfTheRowsAtMost() {
    try (Answerer answerer = answerer(new AnswererLimits(4, 10, 10))) {
      for (int i = 0; i < 5; i++) {
        var unused = ask(answerer, "north", null, 50);
      }
      batch.permits.release(1);
      await().until(() -> answerer.steps() == 2);
      assertThat(batch.begun).containsExactly("caption", "caption");
      assertThat(answerer.takesCaptions()).isTrue();
      for (int i = 0; i < 6; i++) {
        var unused = ask(answerer, "north", "question", 1);
      }
      assertThat(answerer.takesCaptions()).isFalse();
      batch.permits.release(1);
      await().until(() -> answerer.steps() == 3);
      assertThat(batch.begun).containsExactly("caption", "caption", "question", "question");
      batch.permits.release(1);
      await().until(() -> answerer.steps() == 4);
      assertThat(batch.begun.subList(2, 6)).containsOnly("question");
      batch.permits.release(PLENTY);
    }
  }

  @Test
  void howLongAnAnswerWouldTakeIsMeasured() throws Exception {
    try (Answerer answerer = answerer(new AnswererLimits(1, 100, 10))) {
      assertThat(answerer.expected("north")).isZero();
      batch.permits.release(2);
      assertThat(ask(answerer, "north", "measured", 2).get().text()).isEqualTo("said");
      assertThat(answerer.expected("north")).isZero();
      var running = ask(answerer, "north", "running", 1);
      await().until(() -> batch.begun.contains("running"));
      assertThat(running).isNotDone();
      for (int i = 0; i < 10; i++) {
        var unused = ask(answerer, "north", "flood", 1);
      }

      // Two steps each: ten before it and the one that runs, or one of the other stream.
      assertThat(answerer.expected("north")).isCloseTo(steps(24), steps(1));
      assertThat(answerer.expected("south")).isCloseTo(steps(6), steps(1));
      batch.permits.release(PLENTY);
    }
  }

  @Test
  void underOverloadWhoIsAdmittedIsAnsweredInTimeAndOthersAreNot() throws Exception {
    try (Answerer answerer = answerer(new AnswererLimits(2, PLENTY, 10))) {
      CompletableFuture<ModelAnswer> endless = ask(answerer, "north", "endless", PLENTY * 2);
      await().until(() -> batch.begun.contains("endless"));
      List<CompletableFuture<ModelAnswer>> usual = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        usual.add(ask(answerer, "north", "usual", 2));
      }
      batch.permits.release(1 + 2 * usual.size());
      for (CompletableFuture<ModelAnswer> answer : usual) {
        assertThat(answer.get().text()).isEqualTo("said");
      }
      // The endless one has a row for itself until the next step ends.
      CompletableFuture<ModelAnswer> running = ask(answerer, "north", "running", 2);
      batch.permits.release(1);
      await().until(() -> batch.begun.contains("running"));
      long asked = batch.nanos.get();
      Duration deadline = steps(40);
      List<CompletableFuture<Long>> admitted = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        if (answerer.expected("south").compareTo(deadline) <= 0) {
          admitted.add(
              ask(answerer, "south", "flood", 2).thenApply(said -> batch.nanos.get() - asked));
        }
      }
      assertThat(admitted).hasSizeBetween(8, 20);
      batch.permits.release(PLENTY);

      for (CompletableFuture<Long> nanos : admitted) {
        assertThat(nanos.get()).isLessThanOrEqualTo(deadline.toNanos());
      }
      assertThat(running).isCompleted();
      endless.cancel(false);
      // By now it may have used up what was permitted.
      batch.permits.release(1);
    }
  }

  private static Duration steps(int count) {
    return Duration.ofNanos(count * SteppedBatch.STEP_NANOS);
  }

  @Test
  void aQuestionThatBreaksTheModelFailsAlone() throws Exception {
    try (Answerer answerer = answerer(new AnswererLimits(2, 10, 10))) {
      CompletableFuture<ModelAnswer> healthy = ask(answerer, "north", "healthy", 1);
      CompletableFuture<ModelAnswer> poison = ask(answerer, "north", "poison", 1);
      batch.permits.release(PLENTY);

      assertThat(healthy.get().text()).isEqualTo("said");
      assertThatThrownBy(poison::get).hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closingRefusesWhatWaitsAndWhatIsBeingAnswered() throws Exception {
    Answerer answerer = answerer(new AnswererLimits(1, 10, 10));
    CompletableFuture<ModelAnswer> running = ask(answerer, "north", "running", 50);
    await().until(() -> batch.begun.contains("running"));
    CompletableFuture<ModelAnswer> waiting = ask(answerer, "north", "waiting", 1);
    Thread closing = new Thread(answerer::close);
    closing.start();
    await().until(() -> Refusal.of(ask(answerer, "north", "late", 1)).contains("is closed"));
    batch.permits.release(1);
    closing.join();

    for (CompletableFuture<ModelAnswer> refused : List.of(running, waiting)) {
      assertThatThrownBy(refused::get).hasCauseInstanceOf(RejectedExecutionException.class);
    }
  }

  private Answerer answerer(AnswererLimits limits) {
    return new Answerer("test", limits, () -> batch, batch.nanos::get);
  }

  private static CompletableFuture<ModelAnswer> ask(
      Answerer answerer, String stream, @Nullable String text, int tokens) {
    CompletableFuture<ModelAnswer> answer = new CompletableFuture<>();
    answerer.submit(
        stream,
        new ModelQuestion(text, new byte[0], List.of(), tokens, piece -> {}, answer::isDone),
        answer);
    return answer;
  }
}
