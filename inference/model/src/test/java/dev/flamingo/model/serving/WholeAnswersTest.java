package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.TinyArchitectures;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.onnx.AnswerShape;
import dev.flamingo.model.serving.GeneratedAnswer.Finish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WholeAnswersTest {

  private static final Path STREET = Path.of("bundles/street");

  private final Path directory;
  private final SplittableRandom random = new SplittableRandom(23);

  WholeAnswersTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theShippedModelSaysTokenByTokenWhatItSaysInOneCall() throws IOException {
    List<AnswerShape> shapes =
        List.of(
            new AnswerShape(1, 24, 1, 16),
            new AnswerShape(4, 24, 1, 16),
            new AnswerShape(2, 120, 6, 16));
    try (FlamingoEngine engine = open(Bundle.open(STREET), shapes)) {
      List<AnswerRequest> requests = streetRequests(engine);
      List<GeneratedAnswer> whole = compare(engine, requests);
      assertThat(whole).extracting(GeneratedAnswer::finish).contains(Finish.STOP, Finish.LENGTH);
      Set<String> texts = new TreeSet<>();
      whole.forEach(answer -> texts.add(answer.text()));
      assertThat(texts).hasSizeGreaterThan(15);
      for (int count : new int[] {1, 3, 4, 5}) {
        compare(engine, requests.subList(0, count));
      }
    }
  }

  /** Models with nothing to say of the world, in everything in which architectures differ. */
  static Set<String> languages() {
    Set<String> names = new TreeSet<>(TinyArchitectures.languages().keySet());
    names.add("plain");
    return names;
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyArchitectureSaysTheSame(String name) throws IOException {
    FlamingoConfig config = Objects.requireNonNull(TinyArchitectures.all().get(name));
    Bundle bundle = RandomBundle.write(directory.resolve("bundle"), 15, config);
    List<AnswerShape> shapes = List.of(new AnswerShape(1, 40, 4, 30), new AnswerShape(3, 12, 1, 9));
    try (FlamingoEngine engine = open(bundle, shapes)) {
      PromptTemplate prompts = engine.prompts();
      List<Shot> shots = new ArrayList<>();
      for (String said : List.of("red", "the blue car", "left")) {
        shots.add(new Shot(window(engine), Cue.CAPTION, said));
      }
      List<AnswerRequest> requests = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        requests.add(AnswerRequest.of(prompts.caption(), window(engine), 3 + i));
      }
      for (int i = 0; i < 3; i++) {
        MediaPrompt prompt =
            prompts.inContext(shots.subList(i, 3), Cue.question("what is left?"), window(engine));
        requests.add(AnswerRequest.of(prompt, 30));
      }
      requests.add(AnswerRequest.blind(prompts.blindQuestion("is the bus red"), 7));
      assertThat(compare(engine, requests))
          .extracting(GeneratedAnswer::text)
          .anyMatch(text -> !text.isEmpty());
    }
  }

  @Test
  void anAnswerMayFillTheContext() throws IOException {
    Bundle bundle = RandomBundle.write(directory.resolve("bundle"), 15);
    int context = RandomBundle.CONTEXT;
    try (FlamingoEngine engine =
        open(bundle, List.of(new AnswerShape(2, context - 1, 1, context)))) {
      PromptTemplate prompts = engine.prompts();
      String words = "what color is the bus is the car left ".repeat(4).strip();
      List<GeneratedAnswer> answers =
          compare(
              engine,
              List.of(
                  AnswerRequest.of(prompts.question(words), window(engine), 1000),
                  AnswerRequest.of(prompts.caption(), window(engine), 1000)));
      assertThat(answers)
          .anySatisfy(
              answer -> {
                assertThat(answer.finish()).isEqualTo(Finish.LENGTH);
                assertThat(answer.promptTokens() + answer.generatedTokens()).isEqualTo(context);
              });
    }
  }

  @Test
  void aListenerHearsTheAnswerAndNobodyAnswersWhatIsNoLongerWanted() throws IOException {
    Bundle bundle = RandomBundle.write(directory.resolve("bundle"), 15);
    try (FlamingoEngine engine = open(bundle, List.of(new AnswerShape(2, 20, 1, 8)))) {
      Prompt prompt = engine.prompts().caption();
      StringBuilder heard = new StringBuilder();
      long before = engine.counters().tokensDecoded();
      List<GeneratedAnswer> answers =
          engine
              .wholeAnswers()
              .generate(
                  List.of(
                      new AnswerRequest(prompt, window(engine), 8, heard::append, () -> false),
                      new AnswerRequest(
                          prompt, window(engine), 8, TokenListener.SILENT, () -> true)));
      assertThat(heard).hasToString(answers.get(0).text()).isNotEmpty();
      assertThat(answers.get(1).finish()).isEqualTo(Finish.CANCELLED);
      assertThat(answers.get(1).text()).isEmpty();
      assertThat(engine.counters().tokensDecoded() - before)
          .isBetween(
              (long) answers.get(0).generatedTokens(), answers.get(0).generatedTokens() + 1L);
      assertThat(engine.wholeAnswers().generate(List.of())).isEmpty();
    }
  }

  @Test
  void whatNoGraphHoldsIsRefused() throws IOException {
    Bundle bundle = RandomBundle.write(directory.resolve("bundle"), 15);
    try (FlamingoEngine engine = open(bundle, List.of(new AnswerShape(1, 12, 1, 8)))) {
      WholeAnswers whole = engine.wholeAnswers();
      AnswerRequest fits = AnswerRequest.of(engine.prompts().caption(), window(engine), 8);
      AnswerRequest longer = AnswerRequest.of(engine.prompts().caption(), window(engine), 9);
      assertThat(whole.hold(fits)).isTrue();
      assertThat(whole.hold(longer)).isFalse();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> whole.generate(List.of(fits, longer)))
          .withMessageContaining("answer of 9 tokens is larger than the graphs");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> open(bundle, List.of(new AnswerShape(1, RandomBundle.CONTEXT, 1, 8))).close())
        .withMessageContaining("leave no room");
    assertThatIllegalArgumentException().isThrownBy(() -> new AnswerShape(1, 0, 1, 8));
  }

  private static List<GeneratedAnswer> compare(
      FlamingoEngine engine, List<AnswerRequest> requests) {
    List<GeneratedAnswer> stepped = engine.generator().generate(requests);
    List<GeneratedAnswer> whole = engine.wholeAnswers().generate(requests);
    for (int i = 0; i < requests.size(); i++) {
      GeneratedAnswer expected = stepped.get(i);
      assertThat(whole.get(i).text()).isEqualTo(expected.text());
      assertThat(whole.get(i).finish()).isEqualTo(expected.finish());
      assertThat(whole.get(i).promptTokens()).isEqualTo(expected.promptTokens());
      assertThat(whole.get(i).generatedTokens()).isEqualTo(expected.generatedTokens());
      assertThat(whole.get(i).confidence()).isCloseTo(expected.confidence(), within(1e-4));
    }
    return whole;
  }

  private List<AnswerRequest> streetRequests(FlamingoEngine engine) {
    PromptTemplate prompts = engine.prompts();
    List<String> questions =
        List.of(
            "what color is the bus?",
            "what color is the car?",
            "how many cars are there?",
            "how many people are there in total?",
            "is it raining?",
            "is it day or night?",
            "is there a dog?",
            "what is the color of the traffic light?",
            "which way does the truck go?",
            "what enters first?");
    List<AnswerRequest> requests = new ArrayList<>();
    for (String question : questions) {
      for (int i = 0; i < 4; i++) {
        requests.add(AnswerRequest.of(prompts.question(question), window(engine), 1 + i * 5));
      }
      requests.add(AnswerRequest.blind(prompts.blindQuestion(question), 12));
    }
    for (int i = 0; i < 6; i++) {
      requests.add(AnswerRequest.of(prompts.caption(), window(engine), 16));
      List<Shot> shots = new ArrayList<>();
      for (int shot = 0; shot < i; shot++) {
        Shot shown = new Shot(window(engine), Cue.question("what is this?"), "red car");
        shots.add(shot == 2 ? shown.withoutMedium() : shown);
      }
      MediaPrompt prompt =
          prompts.inContext(shots, Cue.question("what color is the bus?"), window(engine));
      requests.add(AnswerRequest.of(prompt, 16));
    }
    return requests;
  }

  private FlamingoEngine open(Bundle bundle, List<AnswerShape> shapes) throws IOException {
    EngineOptions options =
        EngineOptions.cachedIn(directory.resolve("graphs")).withThreads(1).withWholeAnswers(shapes);
    return FlamingoEngine.open(bundle, options);
  }

  private VisualTokens window(FlamingoEngine engine) {
    var shape = engine.bundle().architecture().resampler();
    float[] values = new float[shape.latents() * shape.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new VisualTokens(shape.latents(), shape.width(), values);
  }
}
