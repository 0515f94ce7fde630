package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.TinyArchitectures;
import dev.flamingo.model.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptPrefixesTest {

  private static final List<String> TEXTS =
      List.of("what color is the bus?", "what is left", "is the car red?", "bus", "a car?");

  private final Path directory;
  private final RandomWindows windows = new RandomWindows(12);

  PromptPrefixesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "grafting", "seeing all previous media"})
  void answersAreThoseThatAreGivenWithoutIt(String name) throws IOException {
    FlamingoConfig config = Objects.requireNonNull(TinyArchitectures.all().get(name));
    Bundle bundle = RandomBundle.write(directory.resolve("bundle"), 15, config);
    try (FlamingoEngine with = FlamingoEngine.open(bundle, options());
        FlamingoEngine without =
            FlamingoEngine.open(
                bundle,
                options().withCaches(new CacheLimits(CacheLimits.DEFAULT.windowBytes(), 0)))) {
      List<AnswerRequest> requests = new ArrayList<>();
      List<List<Shot>> supports =
          List.of(shots("red", "a blue bus"), shots("left"), shots(), textOnly());
      for (String text : TEXTS) {
        for (List<Shot> support : supports) {
          requests.add(request(with, support, text, 6));
        }
      }
      List<GeneratedAnswer> together = with.generator().generate(requests);
      for (int i = 0; i < requests.size(); i++) {
        List<AnswerRequest> one = requests.subList(i, i + 1);
        GeneratedAnswer expected = without.generator().generate(one).get(0);
        GeneratedAnswer again = with.generator().generate(one).get(0);
        for (GeneratedAnswer answer : List.of(together.get(i), again)) {
          assertThat(answer.text()).isEqualTo(expected.text());
          assertThat(answer.finish()).isEqualTo(expected.finish());
          assertThat(answer.confidence()).isCloseTo(expected.confidence(), within(1e-4));
        }
      }
      assertThat(without.counters().prefixHits()).isZero();
    }
  }

  @Test
  void examplesAreReadOnceForAllThatIsAskedAfterThem() throws IOException {
    try (FlamingoEngine engine = open()) {
      List<Shot> support = shots("red", "blue car");
      List<AnswerRequest> together =
          TEXTS.stream().map(text -> request(engine, support, text, 1)).toList();
      engine.generator().generate(together);
      long examples = together.get(0).prompt().lastMedium();
      long rest = together.stream().mapToLong(one -> one.prompt().length() - examples).sum();
      assertThat(engine.counters().tokensRead()).isEqualTo(examples + rest);
      assertThat(engine.counters().prefixHits()).isEqualTo(TEXTS.size() - 1L);
      assertThat(engine.counters().keysValuesBuilt()).isEqualTo(2L + TEXTS.size());

      AnswerRequest later = request(engine, support, "what is the bus", 1);
      engine.generator().generate(List.of(later));
      assertThat(engine.counters().tokensRead()).isEqualTo(rest + later.prompt().length());
      assertThat(engine.counters().prefixHits()).isEqualTo(TEXTS.size());
      assertThat(engine.counters().keysValuesBuilt()).isEqualTo(3L + TEXTS.size());
    }
  }

  @Test
  void equalWordsAboutOtherPicturesAreOtherExamples() throws IOException {
    try (FlamingoEngine engine = open()) {
      for (int i = 0; i < 3; i++) {
        engine.generator().generate(List.of(request(engine, shots("red"), "what is left", 1)));
      }
      assertThat(engine.counters().prefixHits()).isZero();
    }
  }

  @Test
  void aQuestionWithoutExamplesIsReadAtOnce() throws IOException {
    try (FlamingoEngine engine = open()) {
      for (int i = 0; i < 2; i++) {
        engine.generator().generate(List.of(request(engine, List.of(), "what is left", 1)));
      }
      assertThat(engine.counters().prefixHits()).isZero();
    }
  }

  private AnswerRequest request(
      FlamingoEngine engine, List<Shot> support, String text, int tokens) {
    return AnswerRequest.of(
        engine.prompts().inContext(support, Cue.question(text), windows.next()), tokens);
  }

  private List<Shot> shots(String... answers) {
    return IntStream.range(0, answers.length)
        .mapToObj(i -> new Shot(windows.next(), Cue.question("what is it"), answers[i]))
        .toList();
  }

  private static List<Shot> textOnly() {
    return List.of(Shot.textOnly(Cue.CAPTION, "red"), Shot.textOnly(Cue.CAPTION, "blue"));
  }

  private FlamingoEngine open() throws IOException {
    return FlamingoEngine.open(RandomBundle.write(directory.resolve("bundle"), 15), options());
  }

  private EngineOptions options() {
    return EngineOptions.cachedIn(directory.resolve("graphs")).withThreads(1);
  }
}
