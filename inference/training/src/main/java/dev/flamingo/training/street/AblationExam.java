package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetClipSampler;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.Cue;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.MediaPrompt;
import dev.flamingo.model.serving.Shot;
import dev.flamingo.model.serving.VisualTokens;
import dev.flamingo.training.metric.Cider;
import dev.flamingo.training.metric.Prediction;
import dev.flamingo.training.metric.WordTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Asks a model about frames, clips and glyphs that it never saw, each time after four shots, as the
 * paper's ablations do.
 */
public final class AblationExam {

  private static final int SHOTS = 4;
  private static final int CAPTION_TOKENS = 48;
  private static final int ANSWER_TOKENS = 6;

  private final FlamingoEngine engine;
  private final StreetCaption caption = new StreetCaption();
  private final StillQuestions questions = new StillQuestions(StreetSplit.balance());

  /** Prepares to ask a model. */
  public AblationExam(FlamingoEngine engine) {
    this.engine = engine;
  }

  // A picture or clip, what is asked about it, and what is right.
  private record Item(VisualTokens seen, Cue cue, String answer) {}

  // How improbable the model finds what is right.
  private static final class Surprise {
    private double nats;
    private long tokens;

    void add(double logLikelihood, int length) {
      nats -= logLikelihood;
      tokens += length;
    }

    double mean() {
      return tokens == 0 ? 0 : nats / tokens;
    }
  }

  /**
   * Asks.
   *
   * @param seed which clips
   * @param asked how many of each kind
   */
  public AblationScores run(long seed, int asked) {
    StreetClipSampler clips = StreetSplit.test(seed);
    try (StreetFrames frames = new StreetFrames(engine.preprocessor())) {
      List<Item> captions = new ArrayList<>();
      List<Item> answers = new ArrayList<>();
      List<Item> films = new ArrayList<>();
      for (int i = 0; i < asked + SHOTS; i++) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + i);
        StreetClip clip = clips.sample(i);
        int second = random.nextInt(StreetClip.FRAMES);
        VisualTokens still = see(List.of(frames.pixels(clip, second)));
        captions.add(new Item(still, Cue.CAPTION, caption.of(clip, second)));
        StillQuestions.Asked question = questions.draw(clip, second, random);
        answers.add(new Item(still, Cue.question(question.text()), question.answer()));
        films.add(new Item(see(frames.window(clip)), Cue.CAPTION, caption.of(clip)));
      }
      Surprise surprise = new Surprise();
      return new AblationScores(
          cider(captions, surprise),
          exact(answers, surprise),
          new GlyphExam(engine).run(SHOTS, seed).exact(),
          cider(films, surprise),
          surprise.mean());
    }
  }

  private VisualTokens see(List<float[]> pixels) {
    return engine.resampler().resample(List.of(engine.encoder().encode(pixels))).get(0);
  }

  private double cider(List<Item> items, Surprise surprise) {
    List<Prediction> predictions = new ArrayList<>();
    each(
        items,
        CAPTION_TOKENS,
        surprise,
        (item, output) -> predictions.add(Prediction.of(output, List.of(item.answer()))));
    Cider cider = new Cider(Cider.Variant.D, new WordTokenizer());
    return Arrays.stream(cider.scores(predictions)).average().orElse(0);
  }

  private double exact(List<Item> items, Surprise surprise) {
    Tally right = new Tally();
    each(items, ANSWER_TOKENS, surprise, (item, output) -> right.add(output.equals(item.answer())));
    return right.share();
  }

  private interface Judge {
    void judge(Item item, String output);
  }

  // The shots of an item are those behind it.
  private void each(List<Item> items, int tokens, Surprise surprise, Judge judge) {
    for (int i = 0; i + SHOTS < items.size(); i++) {
      Item item = items.get(i);
      List<Shot> shots =
          items.subList(i + 1, i + 1 + SHOTS).stream()
              .map(shown -> new Shot(shown.seen(), shown.cue(), shown.answer()))
              .toList();
      MediaPrompt prompt = engine.prompts().inContext(shots, item.cue(), item.seen());
      AnswerRequest request = AnswerRequest.of(prompt, tokens);
      judge.judge(item, engine.generator().generate(List.of(request)).get(0).text());
      long[] right = engine.prompts().continuation(item.answer());
      surprise.add(engine.scorer().score(prompt, List.of(right))[0], right.length);
    }
  }
}
