package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.onnx.FlamingoGraphs;
import dev.flamingo.model.serving.GeneratedAnswer.Finish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlamingoEngineTest {

  private static final String EXPORTER = Integer.toString(FlamingoGraphs.VERSION);

  private static final int PIXELS = 3 * 32 * 32;

  private final Path directory;
  private final AtomicLong nanos = new AtomicLong();
  private final Bundle bundle;
  private final FlamingoEngine engine;
  private final SplittableRandom random = new SplittableRandom(5);

  FlamingoEngineTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    bundle = RandomBundle.write(directory.resolve("bundle"), 15);
    engine = FlamingoEngine.open(bundle, options(), () -> nanos.getAndAdd(1_000_000));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void framesBecomeTheSameFeaturesAloneAndInABatch() {
    List<float[]> pixels = pictures(35);
    List<FrameFeatures> batch = engine.encoder().encode(pixels);
    assertThat(batch).hasSize(35).doesNotHaveDuplicates();
    for (int i : new int[] {0, 31, 32, 34}) {
      FrameFeatures alone = engine.encoder().encode(pixels.subList(i, i + 1)).get(0);
      assertThat(batch.get(i).values()).containsExactly(alone.values(), within(1e-4f));
    }
    assertThat(engine.counters().framesEncoded()).isEqualTo(39);
  }

  @Test
  void windowsOfDifferentLengthsComeBackInTheirOrder() {
    List<FrameFeatures> frames = engine.encoder().encode(pictures(9));
    List<List<FrameFeatures>> windows =
        List.of(frames.subList(0, 8), frames.subList(0, 1), frames.subList(1, 9), frames);
    List<VisualTokens> tokens = engine.resampler().resample(windows);
    for (int i = 0; i < windows.size(); i++) {
      VisualTokens alone = engine.resampler().resample(windows.subList(i, i + 1)).get(0);
      assertThat(tokens.get(i).values()).containsExactly(alone.values(), within(1e-4f));
    }
    assertThat(tokens).doesNotHaveDuplicates();
    assertThat(tokens.get(0).count()).isEqualTo(6);
    assertThat(engine.counters().windowsResampled()).isEqualTo(8);
  }

  @Test
  void theOrderOfFramesMatters() {
    List<FrameFeatures> frames = engine.encoder().encode(pictures(2));
    List<VisualTokens> tokens =
        engine.resampler().resample(List.of(frames, List.of(frames.get(1), frames.get(0))));
    assertThat(tokens.get(0)).isNotEqualTo(tokens.get(1));
  }

  @Test
  void aBatchAnswersAsEveryRequestAloneWould() {
    List<GeneratedAnswer> answers = compareBatchWithSingles(engine);
    assertThat(answers).extracting(GeneratedAnswer::text).doesNotContain("");
    assertThat(answers.get(0).text()).isNotEqualTo(answers.get(1).text());
    assertThat(answers.get(0).promptTokens()).isEqualTo(12);
  }

  @Test
  void anAnswerThatEndsEarlyLeavesTheRestOfTheBatchAlone() throws IOException {
    Bundle terse = RandomBundle.write(directory.resolve("terse"), 1);
    try (FlamingoEngine other = FlamingoEngine.open(terse, options())) {
      assertThat(compareBatchWithSingles(other))
          .extracting(GeneratedAnswer::finish)
          .contains(Finish.STOP, Finish.LENGTH);
    }
  }

  private List<GeneratedAnswer> compareBatchWithSingles(FlamingoEngine engine) {
    List<VisualTokens> windows = windows(engine, 20);
    PromptTemplate prompts = engine.prompts();
    List<AnswerRequest> requests =
        new ArrayList<>(
            List.of(
                AnswerRequest.of(prompts.question("what color is the bus?"), windows.get(0), 12),
                AnswerRequest.of(prompts.question("what color is the bus?"), windows.get(1), 12),
                AnswerRequest.of(prompts.caption(), windows.get(0), 20),
                AnswerRequest.blind(prompts.blindQuestion("what color is the bus?"), 12),
                AnswerRequest.blind(prompts.blindCaption(), 2),
                AnswerRequest.of(
                    prompts.inContext(
                        List.of(
                            new Shot(windows.get(2), Cue.question("what is a car?"), "red"),
                            Shot.textOnly(Cue.CAPTION, "blue")),
                        Cue.question("what is left"),
                        windows.get(1)),
                    9),
                AnswerRequest.of(prompts.question("zebra giraffe"), windows.get(2), 1)));
    for (VisualTokens window : windows) {
      requests.add(AnswerRequest.of(prompts.question("is the car left"), window, 4));
    }
    List<GeneratedAnswer> batch = engine.generator().generate(requests);
    for (int i = 0; i < requests.size(); i++) {
      GeneratedAnswer alone = engine.generator().generate(requests.subList(i, i + 1)).get(0);
      assertThat(batch.get(i).text()).isEqualTo(alone.text());
      assertThat(batch.get(i).finish()).isEqualTo(alone.finish());
      assertThat(batch.get(i).confidence()).isCloseTo(alone.confidence(), within(1e-4));
      assertThat(batch.get(i).confidence()).isBetween(1e-6, 1.0);
      assertThat(batch.get(i).generatedTokens()).isEqualTo(alone.generatedTokens());
    }
    return batch;
  }

  @Test
  void askingAgainEncodesNothingAndBuildsNoKeysAndValues() {
    VisualTokens window = windows(engine, 1).get(0);
    AnswerRequest request =
        AnswerRequest.of(engine.prompts().question("what is the bus?"), window, 5);
    GeneratedAnswer first = engine.generator().generate(List.of(request, request)).get(0);
    long frames = engine.counters().framesEncoded();
    VisualTokens copy = new VisualTokens(window.count(), window.width(), window.values().clone());
    GeneratedAnswer again =
        engine.generator().generate(List.of(AnswerRequest.of(request.prompt(), copy, 5))).get(0);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(engine.counters().framesEncoded()).isEqualTo(frames).isEqualTo(8);
    assertThat(engine.counters().windowsResampled()).isEqualTo(1);
    assertThat(engine.counters().keysValuesBuilt()).isEqualTo(1);
    assertThat(engine.counters().tokensDecoded()).isPositive();
  }

  @Test
  void thePiecesThatAreHeardAreTheAnswer() {
    StringBuilder heard = new StringBuilder();
    AtomicInteger pieces = new AtomicInteger();
    AnswerRequest request =
        new AnswerRequest(
            engine.prompts().caption(),
            windows(engine, 1).get(0),
            6,
            piece -> {
              heard.append(piece);
              pieces.incrementAndGet();
            },
            () -> false);
    GeneratedAnswer answer = engine.generator().generate(List.of(request)).get(0);
    assertThat(heard).hasToString(answer.text());
    assertThat(pieces).hasValue(answer.generatedTokens());
    assertThat(answer.text().split(" ")).hasSize(answer.generatedTokens());
  }

  @Test
  void timesComeFromTheClockThatWasGiven() {
    GeneratedAnswer answer =
        engine
            .generator()
            .generate(
                List.of(AnswerRequest.of(engine.prompts().caption(), windows(engine, 1).get(0), 3)))
            .get(0);
    assertThat(answer.firstToken()).isEqualTo(Duration.ofMillis(2));
    int choices = answer.generatedTokens() + (answer.finish() == Finish.STOP ? 1 : 0);
    assertThat(answer.total()).isEqualTo(Duration.ofMillis(2L * choices));
  }

  @Test
  void aCancelledAnswerStopsAndTheOthersGoOn() {
    VisualTokens window = windows(engine, 1).get(0);
    Prompt prompt = engine.prompts().caption();
    AtomicInteger asked = new AtomicInteger();
    List<GeneratedAnswer> answers =
        engine
            .generator()
            .generate(
                List.of(
                    new AnswerRequest(
                        prompt, window, 9, TokenListener.SILENT, () -> asked.incrementAndGet() > 2),
                    AnswerRequest.of(prompt, window, 9)));
    assertThat(answers.get(0).finish()).isEqualTo(Finish.CANCELLED);
    assertThat(answers.get(0).generatedTokens()).isEqualTo(2);
    assertThat(answers.get(1).finish()).isNotEqualTo(Finish.CANCELLED);
    assertThat(answers.get(1).text()).startsWith(answers.get(0).text());
  }

  @Test
  void anAnswerEndsAtTheModelsContext() {
    GeneratedAnswer answer =
        engine
            .generator()
            .generate(
                List.of(
                    AnswerRequest.of(engine.prompts().caption(), windows(engine, 1).get(0), 1000)))
            .get(0);
    assertThat(answer.promptTokens() + answer.generatedTokens())
        .isLessThanOrEqualTo(RandomBundle.CONTEXT);
  }

  @Test
  void aPromptWithoutRoomForAnAnswerIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.prompts().question("bus ".repeat(60)))
        .withMessageContaining("leaves no room in the model's 48");
    Prompt foreign = Prompt.of(new long[] {1, 999}, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.generator().generate(List.of(AnswerRequest.blind(foreign, 3))))
        .withMessageContaining("token 999");
  }

  @Test
  void whatBelongsToAnotherModelIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.encoder().encode(List.of(new float[5])));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> engine.resampler().resample(List.of(List.of(new FrameFeatures(new float[7])))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.resampler().resample(List.of(List.of())));
    VisualTokens foreign = new VisualTokens(2, 3, new float[6]);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                engine
                    .generator()
                    .generate(List.of(AnswerRequest.of(engine.prompts().caption(), foreign, 3))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnswerRequest.of(engine.prompts().blindCaption(), foreign, 3));
  }

  @Test
  void threadsShareAnEngine() throws Exception {
    List<float[]> pixels = pictures(4);
    GeneratedAnswer expected = describe(pixels);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<GeneratedAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(threads.submit(() -> describe(pixels)));
      }
      for (Future<GeneratedAnswer> answer : answers) {
        assertThat(answer.get().text()).isEqualTo(expected.text());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void graphsAreDerivedOnceAndAgainForOtherWeights() throws IOException {
    Path cache = options().graphCache();
    Path folder = cache.resolve(bundle.derivationKey(EXPORTER));
    FileTime old = FileTime.fromMillis(1_000_000);
    for (ServingGraph graph : ServingGraph.values()) {
      Files.setLastModifiedTime(folder.resolve(graph.fileName()), old);
    }
    FlamingoEngine.open(bundle, options()).close();
    for (ServingGraph graph : ServingGraph.values()) {
      assertThat(Files.getLastModifiedTime(folder.resolve(graph.fileName()))).isEqualTo(old);
    }
    Bundle other = RandomBundle.write(directory.resolve("other"), 4);
    FlamingoEngine.open(other, options()).close();
    try (var folders = Files.list(cache)) {
      assertThat(folders).hasSize(2);
    }
    try (var files = Files.list(folder)) {
      // The graphs and their weights.
      assertThat(files).hasSize(ServingGraph.values().length + 1);
    }
  }

  @Test
  void aDamagedGraphIsNamed() throws IOException {
    Path folder = options().graphCache().resolve(bundle.derivationKey(EXPORTER));
    Files.write(folder.resolve("decoder.onnx"), new byte[] {1, 2, 3});
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> FlamingoEngine.open(bundle, options()))
        .withMessageContaining("decoder.onnx cannot be loaded");
  }

  private EngineOptions options() {
    return EngineOptions.cachedIn(directory.resolve("graphs")).withThreads(1);
  }

  private GeneratedAnswer describe(List<float[]> pixels) {
    List<FrameFeatures> frames = engine.encoder().encode(pixels);
    VisualTokens window = engine.resampler().resample(List.of(frames)).get(0);
    return engine
        .generator()
        .generate(List.of(AnswerRequest.of(engine.prompts().caption(), window, 8)))
        .get(0);
  }

  private List<VisualTokens> windows(FlamingoEngine engine, int count) {
    List<List<FrameFeatures>> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      windows.add(engine.encoder().encode(pictures(8)));
    }
    return engine.resampler().resample(windows);
  }

  private List<float[]> pictures(int count) {
    List<float[]> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] picture = new float[PIXELS];
      double brightness = 0;
      for (int j = 0; j < PIXELS; j++) {
        // Stripes: noise alone would look the same to the encoder, whatever its values.
        brightness = j % 200 == 0 ? random.nextDouble(-4, 4) : brightness;
        picture[j] = (float) brightness;
      }
      pictures.add(picture);
    }
    return pictures;
  }
}
