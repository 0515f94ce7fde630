package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.serving.GeneratedAnswer.Finish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InContextTest {

  private static final int LONGEST = 3;
  private static final long END_OF_CHUNK = 3;
  private static final long[] ENDS = {2, END_OF_CHUNK};
  private static final int FIRST_WORD = 6;
  private static final int VOCABULARY = 21;

  private final FlamingoEngine engine;
  private final SplittableRandom random = new SplittableRandom(3);

  InContextTest(@TempDir Path directory) throws IOException {
    Bundle bundle = RandomBundle.write(directory.resolve("bundle"), 15);
    try (Tokenizer tokenizer = bundle.tokenizer()) {
      assertThat(tokenizer.id("<EOC>")).isEqualTo(END_OF_CHUNK);
    }
    engine =
        FlamingoEngine.open(
            bundle, EngineOptions.cachedIn(directory.resolve("graphs")).withThreads(1));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void candidatesScoreAsTheirTokensOneByOneAndReadThePromptOnce() {
    MediaPrompt prompt = asking(2);
    List<long[]> candidates = new ArrayList<>();
    for (String text : List.of("red", "red bus", "the bus is left", "", "blue car", "a")) {
      candidates.add(engine.prompts().continuation(text));
    }
    for (int i = 0; i < 30; i++) {
      candidates.add(new long[] {FIRST_WORD + i % 15, FIRST_WORD + i / 15, END_OF_CHUNK});
    }
    long before = engine.counters().tokensRead();

    double[] scores = engine.scorer().score(prompt, candidates);

    long rest = candidates.stream().mapToLong(candidate -> candidate.length - 1).sum();
    assertThat(engine.counters().tokensRead() - before).isEqualTo(prompt.prompt().length() + rest);
    for (int i = 0; i < scores.length; i++) {
      assertThat(scores[i]).isCloseTo(fromScratch(prompt, candidates.get(i)), within(1e-4));
      assertThat(scores[i]).isNegative();
    }
    assertThat(scores).doesNotHaveDuplicates();
  }

  @Test
  void fourAndThirtyTwoShotsWithAMediumEachAreReadBesideAShortPrompt(@TempDir Path directory)
      throws IOException {
    Bundle bundle = RandomBundle.write(directory.resolve("bundle"), 15, 256);
    EngineOptions options = EngineOptions.cachedIn(directory.resolve("graphs")).withThreads(1);
    try (FlamingoEngine patient = FlamingoEngine.open(bundle, options)) {
      List<Shot> shots = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        shots.add(new Shot(window(), Cue.CAPTION, i % 2 == 0 ? "red" : "blue car"));
      }
      List<AnswerRequest> requests = new ArrayList<>();
      for (int count : new int[] {32, 4, 0}) {
        MediaPrompt prompt =
            patient.prompts().inContext(shots.subList(0, count), Cue.CAPTION, window());
        requests.add(AnswerRequest.of(prompt, 9));
      }
      List<GeneratedAnswer> together = patient.generator().generate(requests);
      assertThat(patient.counters().keysValuesBuilt()).isEqualTo(35);
      for (int i = 0; i < requests.size(); i++) {
        GeneratedAnswer alone = patient.generator().generate(requests.subList(i, i + 1)).get(0);
        assertThat(together.get(i).text()).isEqualTo(alone.text());
        assertThat(together.get(i).confidence()).isEqualTo(alone.confidence(), within(1e-4));
      }
      assertThat(patient.counters().keysValuesBuilt()).isEqualTo(35);
    }
  }

  @Test
  void theFrozenEncoderRetrievesThePictureMostLikeTheOneAskedAboutLast() {
    int size = engine.bundle().architecture().imageSize();
    List<float[]> pictures = new ArrayList<>();
    List<SimilarExamples.Candidate<Integer>> support = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      float[] picture = new float[3 * size * size];
      for (int j = 0; j < picture.length; j++) {
        picture[j] = (float) random.nextDouble(-2, 2);
      }
      pictures.add(picture);
      support.add(new SimilarExamples.Candidate<>(seen(picture), i));
    }
    float[] asked = pictures.get(3).clone();
    asked[0] += 0.5f;
    assertThat(new SimilarExamples<>(support).nearest(seen(asked), 4)).hasSize(4).endsWith(3);
  }

  private PooledFeatures seen(float[] picture) {
    return engine.encoder().pool(engine.encoder().encode(List.of(picture)));
  }

  @Test
  void theProbabilitiesOfAllTokensAddUpToOne() {
    List<long[]> all = new ArrayList<>();
    for (int token = 0; token < VOCABULARY; token++) {
      all.add(new long[] {token});
    }
    double sum = Arrays.stream(engine.scorer().score(asking(1), all)).map(Math::exp).sum();
    assertThat(sum).isEqualTo(1, within(1e-5));
  }

  @Test
  void whatIsSeenAndShownChangesAScore() {
    List<long[]> candidate = List.of(engine.prompts().continuation("red"));
    VisualTokens window = window();
    Shot shot = new Shot(window(), Cue.CAPTION, "red");
    PromptTemplate prompts = engine.prompts();
    List<MediaPrompt> different =
        List.of(
            prompts.inContext(List.of(), Cue.CAPTION, window),
            prompts.inContext(List.of(), Cue.CAPTION, window()),
            prompts.inContext(List.of(shot), Cue.CAPTION, window),
            prompts.inContext(List.of(new Shot(window(), Cue.CAPTION, "red")), Cue.CAPTION, window),
            prompts.inContext(List.of(shot.withoutMedium()), Cue.CAPTION, window));
    double[] scores =
        different.stream()
            .mapToDouble(prompt -> engine.scorer().score(prompt, candidate)[0])
            .toArray();
    assertThat(scores).doesNotHaveDuplicates();
  }

  @Test
  void anEnsembleIsTheMeanOverItsPrompts() {
    List<MediaPrompt> prompts = List.of(asking(1), asking(2), asking(0));
    List<long[]> candidates =
        List.of(engine.prompts().continuation("red"), engine.prompts().continuation("the car"));
    double[] mean = engine.scorer().ensemble(prompts, candidates);
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (MediaPrompt prompt : prompts) {
        sum += engine.scorer().score(prompt, candidates)[i];
      }
      assertThat(mean[i]).isEqualTo(sum / 3, within(1e-9));
    }
  }

  @Test
  void candidatesThatCannotBeScoredAreRefused() {
    MediaPrompt prompt = asking(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.scorer().score(prompt, List.of(new long[0])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.scorer().score(prompt, List.of(new long[] {99})));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.scorer().score(prompt, List.of(new long[RandomBundle.CONTEXT])))
        .withMessageContaining("does not fit");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.scorer().ensemble(List.of(), List.of()));
    assertThat(engine.scorer().score(prompt, List.of())).isEmpty();
  }

  @Test
  void aBeamOfEverythingFindsWhatAnExhaustiveSearchFinds() {
    MediaPrompt prompt = asking(1);
    List<long[]> all = new ArrayList<>();
    enumerate(new long[0], all);
    double[] scores = engine.scorer().score(prompt, all);
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    GeneratedAnswer wide = search(prompt, new BeamOptions(225, 0));
    assertThat(likelihood(prompt, wide)).isEqualTo(scores[best], within(1e-4));

    double narrow = likelihood(prompt, search(prompt, BeamOptions.DEFAULT));
    assertThat(narrow).isLessThanOrEqualTo(scores[best] + 1e-4);
  }

  @Test
  void aBeamOfOneIsGreedyAndAWiderOneFindsBetterAnswers() {
    int better = 0;
    for (int i = 0; i < 8; i++) {
      MediaPrompt prompt = asking(i % 3);
      GeneratedAnswer greedy =
          engine.generator().generate(List.of(AnswerRequest.of(prompt, LONGEST))).get(0);
      GeneratedAnswer one = search(prompt, new BeamOptions(1, 0));
      assertThat(one.text()).isEqualTo(greedy.text());
      assertThat(one.finish()).isEqualTo(greedy.finish());
      assertThat(one.confidence()).isEqualTo(greedy.confidence(), within(1e-4));
      assertThat(one.generatedTokens()).isEqualTo(greedy.generatedTokens());
      double three = likelihood(prompt, search(prompt, BeamOptions.DEFAULT));
      better += three > likelihood(prompt, greedy) + 1e-3 ? 1 : 0;
    }
    assertThat(better).isPositive();
  }

  @Test
  void beamsShareABatchAndAnswerAsAlone() {
    List<AnswerRequest> requests = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      requests.add(AnswerRequest.of(asking(i % 3), 2 + 3 * (i % 2)));
    }
    List<GeneratedAnswer> together = engine.beamSearch().search(requests, BeamOptions.DEFAULT);
    for (int i = 0; i < requests.size(); i++) {
      GeneratedAnswer alone =
          engine.beamSearch().search(requests.subList(i, i + 1), BeamOptions.DEFAULT).get(0);
      assertThat(together.get(i).text()).isEqualTo(alone.text());
      assertThat(together.get(i).finish()).isEqualTo(alone.finish());
    }
    assertThat(engine.beamSearch().search(List.of(), BeamOptions.DEFAULT)).isEmpty();
  }

  @Test
  void aSearchIsHeardAtItsEndAndCanBeCancelled() {
    MediaPrompt prompt = asking(0);
    StringBuilder heard = new StringBuilder();
    AtomicInteger asked = new AtomicInteger();
    List<GeneratedAnswer> answers =
        engine
            .beamSearch()
            .search(
                List.of(
                    new AnswerRequest(
                        prompt.prompt(), prompt.media(), 6, heard::append, () -> false),
                    new AnswerRequest(
                        prompt.prompt(),
                        prompt.media(),
                        6,
                        TokenListener.SILENT,
                        () -> asked.incrementAndGet() > 1)),
                BeamOptions.DEFAULT);
    assertThat(heard).hasToString(answers.get(0).text()).isNotEmpty();
    assertThat(answers.get(1).finish()).isEqualTo(Finish.CANCELLED);
    assertThat(answers.get(1).generatedTokens()).isEqualTo(1);
  }

  @Test
  void anExponentThatRewardsLengthNeverShortensAnAnswer() {
    for (int i = 0; i < 4; i++) {
      MediaPrompt prompt = asking(i % 2);
      assertThat(search(prompt, new BeamOptions(3, 4)).generatedTokens())
          .isGreaterThanOrEqualTo(search(prompt, BeamOptions.DEFAULT).generatedTokens());
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new BeamOptions(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new BeamOptions(3, -1));
  }

  private GeneratedAnswer search(MediaPrompt prompt, BeamOptions options) {
    return engine.beamSearch().search(List.of(AnswerRequest.of(prompt, LONGEST)), options).get(0);
  }

  /** Returns the log-likelihood of an answer, of its better end where it has ended. */
  private double likelihood(MediaPrompt prompt, GeneratedAnswer answer) {
    long[] ended = engine.prompts().continuation(answer.text());
    long[] words = Arrays.copyOf(ended, ended.length - 1);
    if (answer.finish() == Finish.LENGTH) {
      return engine.scorer().score(prompt, List.of(words))[0];
    }
    List<long[]> both = Arrays.stream(ENDS).mapToObj(end -> append(words, end)).toList();
    return Arrays.stream(engine.scorer().score(prompt, both)).max().orElseThrow();
  }

  private void enumerate(long[] words, List<long[]> all) {
    if (words.length == LONGEST) {
      all.add(words);
      return;
    }
    for (long end : ENDS) {
      all.add(append(words, end));
    }
    for (int word = FIRST_WORD; word < VOCABULARY; word++) {
      enumerate(append(words, word), all);
    }
  }

  /** Scores every token after a prompt that holds all before it. */
  private double fromScratch(MediaPrompt prompt, long[] candidate) {
    double sum = 0;
    MediaPrompt longer = prompt;
    for (long token : candidate) {
      sum += engine.scorer().score(longer, List.of(new long[] {token}))[0];
      long[] tokens = append(longer.prompt().tokens(), token);
      longer = new MediaPrompt(Prompt.of(tokens, /* imageToken= */ 4), prompt.media());
    }
    return sum;
  }

  private static long[] append(long[] tokens, long token) {
    long[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = token;
    return longer;
  }

  private MediaPrompt asking(int shots) {
    List<Shot> shown = new ArrayList<>();
    for (int i = 0; i < shots; i++) {
      shown.add(new Shot(window(), Cue.question("what is a car"), i == 0 ? "red" : "the bus"));
    }
    return engine.prompts().inContext(shown, Cue.question("what color is the bus?"), window());
  }

  private VisualTokens window() {
    float[] values = new float[6 * 24];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    return new VisualTokens(6, 24, values);
  }
}
