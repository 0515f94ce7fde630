package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowKeysValuesTest {

  private static final int THREADS = 4;
  private static final List<String> TEXTS =
      List.of("what color is the bus?", "what is left", "is the car red?");

  /** Two gated layers of 2 heads, each 12 wide, and 24 values a token; 6 tokens. */
  private static final long WINDOW = 6L * (2 * 2 * 2 * 12 + 24) * Float.BYTES;

  private record Asked(String text, VisualTokens window) {}

  private final Path directory;
  private final Bundle bundle;
  private final RandomWindows windows = new RandomWindows(3);
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  WindowKeysValuesTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    bundle = RandomBundle.write(directory.resolve("bundle"), 15);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void aHundredQuestionsAboutAWindowCostNoMoreOfItThanOne() throws IOException {
    try (FlamingoEngine engine = open(3 * WINDOW)) {
      List<float[]> pictures = IntStream.range(0, 8).mapToObj(i -> new float[3 * 32 * 32]).toList();
      VisualTokens window =
          engine.resampler().resample(List.of(engine.encoder().encode(pictures))).get(0);
      for (int i = 0; i < 10; i++) {
        List<AnswerRequest> together = new ArrayList<>();
        for (int j = 0; j < 10; j++) {
          together.add(request(engine, new Asked("bus ".repeat(1 + i + j), window)));
        }
        assertThat(engine.generator().generate(together)).hasSize(10);
        assertThat(engine.counters().framesEncoded()).isEqualTo(8);
        assertThat(engine.counters().windowsResampled()).isEqualTo(1);
        assertThat(engine.counters().keysValuesBuilt()).isEqualTo(1);
      }
      assertThat(engine.counters().keysValuesHits()).isEqualTo(99);
    }
  }

  @Test
  void threadsThatAskAboutAWindowAtOnceComputeItOnce() throws Exception {
    try (FlamingoEngine engine = open(3 * WINDOW)) {
      for (int round = 1; round <= 10; round++) {
        VisualTokens window = windows.next();
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Future<GeneratedAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          answers.add(
              threads.submit(
                  () -> {
                    together.await();
                    return answer(engine, new Asked("what is left", RandomWindows.copy(window)));
                  }));
        }
        for (Future<GeneratedAnswer> answer : answers) {
          assertThat(answer.get().text()).isEqualTo(answers.get(0).get().text());
        }
        assertThat(engine.counters().keysValuesBuilt()).isEqualTo(round);
        assertThat(engine.counters().keysValuesHits()).isEqualTo((THREADS - 1L) * round);
      }
    }
  }

  @Test
  void theSameQuestionNeverGetsTheAnswerOfAnotherStreamsWindow() throws Exception {
    // Room for a quarter of the windows, so that they come and go all the time.
    try (FlamingoEngine engine = open(3 * WINDOW)) {
      List<List<VisualTokens>> streams = List.of(new ArrayList<>(), new ArrayList<>());
      Map<Asked, GeneratedAnswer> alone = new HashMap<>();
      for (int i = 0; i < 6; i++) {
        for (List<VisualTokens> stream : streams) {
          VisualTokens window = windows.next();
          stream.add(window);
          TEXTS.forEach(
              text -> alone.put(new Asked(text, window), answer(engine, new Asked(text, window))));
        }
      }
      assertThat(alone.values().stream().map(GeneratedAnswer::text).distinct().count())
          .isGreaterThan(TEXTS.size() * 3L);

      List<Future<?>> askers = new ArrayList<>();
      for (int seed = 0; seed < THREADS; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        askers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 25; i++) {
                    askSomething(engine, random, streams, alone);
                  }
                }));
      }
      for (Future<?> asker : askers) {
        asker.get();
      }
    }
  }

  private static void askSomething(
      FlamingoEngine engine,
      SplittableRandom random,
      List<List<VisualTokens>> streams,
      Map<Asked, GeneratedAnswer> alone) {
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    List<Asked> asked = new ArrayList<>();
    for (List<VisualTokens> stream : streams) {
      VisualTokens window = stream.get(random.nextInt(stream.size()));
      asked.add(new Asked(text, RandomWindows.copy(window)));
    }
    List<GeneratedAnswer> answers =
        engine.generator().generate(asked.stream().map(it -> request(engine, it)).toList());
    for (int i = 0; i < asked.size(); i++) {
      GeneratedAnswer expected = Objects.requireNonNull(alone.get(asked.get(i)));
      assertThat(answers.get(i).text()).isEqualTo(expected.text());
      assertThat(answers.get(i).confidence()).isCloseTo(expected.confidence(), within(1e-4));
    }
  }

  @Test
  void whatIsRememberedIsBoundedInBytes() throws IOException {
    try (FlamingoEngine engine = open(3 * WINDOW)) {
      List<VisualTokens> some = IntStream.range(0, 4).mapToObj(i -> windows.next()).toList();
      some.forEach(window -> answer(engine, new Asked("what is left", window)));
      assertThat(engine.counters().keysValuesBuilt()).isEqualTo(4);
      some.subList(1, 4).forEach(window -> answer(engine, new Asked("what is left", window)));
      assertThat(engine.counters().keysValuesBuilt()).isEqualTo(4);
      answer(engine, new Asked("what is left", some.get(0)));
      assertThat(engine.counters().keysValuesBuilt()).isEqualTo(5);
    }
  }

  @Test
  void theWindowsOfACallAreRememberedHoweverManyTheyAre() throws IOException {
    try (FlamingoEngine engine = open(WINDOW)) {
      List<AnswerRequest> together =
          IntStream.range(0, 5)
              .mapToObj(i -> request(engine, new Asked("what is left", windows.next())))
              .toList();
      for (int i = 0; i < 2; i++) {
        assertThat(engine.generator().generate(together)).hasSize(5);
        assertThat(engine.counters().keysValuesBuilt()).isEqualTo(5);
      }
      answer(engine, new Asked("what is left", windows.next()));
      assertThat(engine.generator().generate(together)).hasSize(5);
      assertThat(engine.counters().keysValuesBuilt()).isEqualTo(11);
    }
  }

  private FlamingoEngine open(long windowBytes) throws IOException {
    return FlamingoEngine.open(
        bundle,
        EngineOptions.cachedIn(directory.resolve("graphs"))
            .withThreads(1)
            .withCaches(new CacheLimits(windowBytes, CacheLimits.DEFAULT.prefixBytes())));
  }

  private static GeneratedAnswer answer(FlamingoEngine engine, Asked asked) {
    return engine.generator().generate(List.of(request(engine, asked))).get(0);
  }

  private static AnswerRequest request(FlamingoEngine engine, Asked asked) {
    return AnswerRequest.of(engine.prompts().question(asked.text()), asked.window(), 8);
  }
}
