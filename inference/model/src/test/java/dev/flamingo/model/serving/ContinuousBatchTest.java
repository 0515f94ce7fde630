package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.TinyArchitectures;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.serving.GeneratedAnswer.Finish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuousBatchTest {

  private final Path directory;
  private final FlamingoEngine engine;
  private final RandomWindows windows = new RandomWindows(8);
  private final SplittableRandom random = new SplittableRandom(4);

  ContinuousBatchTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    engine = open(RandomBundle.write(directory.resolve("bundle"), 15));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void answersThatComeAndGoAreThoseThatWereAskedAlone() {
    compareWithAlone(engine);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grafting", "seeing all previous media"})
  void soTheyAreInOtherArchitectures(String name) throws IOException {
    FlamingoConfig config = Objects.requireNonNull(TinyArchitectures.all().get(name));
    try (FlamingoEngine other = open(RandomBundle.write(directory.resolve("other"), 1, config))) {
      compareWithAlone(other);
    }
  }

  private void compareWithAlone(FlamingoEngine engine) {
    List<AnswerRequest> requests = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      requests.add(something(engine));
    }
    List<CompletableFuture<GeneratedAnswer>> answers = new ArrayList<>();
    int most = 0;
    try (GenerationBatch batch = engine.generator().begin()) {
      while (answers.size() < requests.size() || batch.size() > 0) {
        for (int i = random.nextInt(4); i > 0 && answers.size() < requests.size(); i--) {
          answers.add(batch.join(requests.get(answers.size())));
        }
        batch.step();
        most = Math.max(most, batch.size());
      }
    }
    assertThat(most).isGreaterThan(5);
    for (int i = 0; i < requests.size(); i++) {
      GeneratedAnswer alone = engine.generator().generate(requests.subList(i, i + 1)).get(0);
      GeneratedAnswer answer = answers.get(i).join();
      assertThat(answer.text()).isEqualTo(alone.text());
      assertThat(answer.finish()).isEqualTo(alone.finish());
      assertThat(answer.generatedTokens()).isEqualTo(alone.generatedTokens());
      assertThat(answer.confidence()).isCloseTo(alone.confidence(), within(1e-4));
    }
  }

  private AnswerRequest something(FlamingoEngine engine) {
    int tokens = 1 + random.nextInt(20);
    if (random.nextInt(5) == 0) {
      return AnswerRequest.blind(engine.prompts().blindCaption(), tokens);
    }
    List<Shot> shots = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      shots.add(new Shot(windows.next(), Cue.CAPTION, "a red bus"));
    }
    Cue cue = random.nextBoolean() ? Cue.CAPTION : Cue.question("is the car left");
    return AnswerRequest.of(engine.prompts().inContext(shots, cue, windows.next()), tokens);
  }

  @Test
  void aShortAnswerThatJoinsBehindALongOneEndsFirst() {
    try (GenerationBatch batch = engine.generator().begin()) {
      CompletableFuture<GeneratedAnswer> longer = batch.join(caption(30, () -> false));
      batch.step();
      batch.step();
      CompletableFuture<GeneratedAnswer> shorter = batch.join(caption(2, () -> false));
      batch.step();
      batch.step();

      assertThat(shorter).isCompleted();
      assertThat(longer).isNotDone();
      assertThat(batch.size()).isEqualTo(1);
      while (batch.size() > 0) {
        batch.step();
      }
      assertThat(longer.join().generatedTokens()).isEqualTo(30);
    }
  }

  @Test
  void anAnswerThatIsNoLongerWantedMakesRoomBeforeTheNextToken() {
    AtomicBoolean unwanted = new AtomicBoolean();
    try (GenerationBatch batch = engine.generator().begin()) {
      CompletableFuture<GeneratedAnswer> cancelled = batch.join(caption(30, unwanted::get));
      CompletableFuture<GeneratedAnswer> other = batch.join(caption(30, () -> false));
      batch.step();
      batch.step();
      batch.step();
      unwanted.set(true);
      long tokens = engine.counters().tokensDecoded();
      batch.step();

      assertThat(batch.size()).isEqualTo(1);
      assertThat(engine.counters().tokensDecoded()).isEqualTo(tokens + 1);
      assertThat(cancelled.join().finish()).isEqualTo(Finish.CANCELLED);
      assertThat(cancelled.join().generatedTokens()).isEqualTo(3);
      assertThat(other).isNotDone();
    }
  }

  @Test
  void anAnswerThatIsCancelledBeforeItBeginsIsNotRead() {
    try (GenerationBatch batch = engine.generator().begin()) {
      CompletableFuture<GeneratedAnswer> cancelled = batch.join(caption(30, () -> true));
      batch.step();

      assertThat(cancelled.join().finish()).isEqualTo(Finish.CANCELLED);
      assertThat(engine.counters().tokensRead()).isZero();
    }
  }

  @Test
  void anAnswerThatTheModelCannotMakeFailsAlone() {
    Prompt prompt = engine.prompts().caption();
    AnswerRequest healthy = AnswerRequest.of(prompt, windows.next(), 6);
    GeneratedAnswer expected = engine.generator().generate(List.of(healthy)).get(0);
    try (GenerationBatch batch = engine.generator().begin()) {
      CompletableFuture<GeneratedAnswer> damaged =
          batch.join(AnswerRequest.of(prompt, RandomWindows.damaged(), 6));
      CompletableFuture<GeneratedAnswer> answer = batch.join(healthy);
      while (batch.size() > 0) {
        batch.step();
      }

      assertThat(answer.join().text()).isEqualTo(expected.text());
      assertThatThrownBy(damaged::join).hasMessageContaining("weights are damaged");
    }
  }

  @Test
  void whatCannotBeAskedIsRefusedAndDisturbsNobody() {
    try (GenerationBatch batch = engine.generator().begin()) {
      CompletableFuture<GeneratedAnswer> answer = batch.join(caption(2, () -> false));
      VisualTokens foreign = new VisualTokens(2, 3, new float[6]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> batch.join(AnswerRequest.of(engine.prompts().caption(), foreign, 2)));
      batch.step();
      batch.step();
      assertThat(answer).isCompleted();
    }
  }

  @Test
  void closingFailsWhatHasNotEnded() {
    GenerationBatch batch = engine.generator().begin();
    CompletableFuture<GeneratedAnswer> running = batch.join(caption(30, () -> false));
    batch.step();
    CompletableFuture<GeneratedAnswer> joined = batch.join(caption(30, () -> false));
    batch.close();

    assertThat(batch.size()).isZero();
    assertThatThrownBy(running::join).isInstanceOf(CancellationException.class);
    assertThatThrownBy(joined::join).isInstanceOf(CancellationException.class);
  }

  private AnswerRequest caption(int tokens, BooleanSupplier cancelled) {
    return new AnswerRequest(
        engine.prompts().caption(), windows.next(), tokens, TokenListener.SILENT, cancelled);
  }

  private FlamingoEngine open(Bundle bundle) throws IOException {
    return FlamingoEngine.open(
        bundle, EngineOptions.cachedIn(directory.resolve("graphs")).withThreads(1));
  }
}
