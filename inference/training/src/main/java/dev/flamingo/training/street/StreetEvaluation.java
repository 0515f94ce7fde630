package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetClipSampler;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import dev.flamingo.model.serving.GeneratedAnswer;
import dev.flamingo.model.serving.Prompt;
import dev.flamingo.model.serving.VisualTokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Asks a model about clips of the street that it never saw, through the path that serves answers.
 */
public final class StreetEvaluation {

  private static final int ANSWER_TOKENS = 8;
  private static final int CAPTION_TOKENS = 64;
  private static final Set<QuestionFamily> OF_COLOUR =
      EnumSet.of(QuestionFamily.COLOUR, QuestionFamily.WHAT, QuestionFamily.COLOUR_AND_KIND);

  private final FlamingoEngine engine;
  private final StreetExam exam = new StreetExam(StreetSplit.balance());
  private final StreetCaption caption = new StreetCaption();
  private final Map<QuestionFamily, Tally> families = new EnumMap<>(QuestionFamily.class);
  private final Tally overall = new Tally();
  private final Tally blind = new Tally();
  private final Tally shuffled = new Tally();
  private final Tally heldOut = new Tally();
  private final Tally captions = new Tally();

  /** Prepares to evaluate a model. */
  public StreetEvaluation(FlamingoEngine engine) {
    this.engine = engine;
  }

  /**
   * Evaluates.
   *
   * @param seed which clips
   * @param clips how many
   * @param progress hears the number of clips that are done
   */
  public StreetScores run(long seed, int clips, IntConsumer progress) {
    StreetClipSampler sampler = StreetSplit.test(seed);
    try (StreetFrames frames = new StreetFrames(engine.preprocessor())) {
      for (int i = 0; i < clips; i++) {
        clip(sampler.sample(i), new SplittableRandom(seed * 1_000_003 + i), frames);
        progress.accept(i + 1);
      }
    }
    Map<String, Double> byFamily = new TreeMap<>();
    families.forEach((family, tally) -> byFamily.put(StreetWords.name(family), tally.share()));
    return new StreetScores(
        overall.share(),
        blind.share(),
        shuffled.share(),
        heldOut.share(),
        byFamily,
        new StreetScores.Captions(captions.share()),
        clips,
        seed);
  }

  private void clip(StreetClip clip, SplittableRandom random, StreetFrames frames) {
    List<float[]> pixels = new ArrayList<>();
    for (int second = 0; second < StreetClip.FRAMES; second++) {
      pixels.add(frames.pixels(clip, second));
    }
    List<FrameFeatures> features = engine.encoder().encode(pixels);
    List<FrameFeatures> mixed = new ArrayList<>(features);
    Collections.shuffle(mixed, new Random(random.nextLong()));
    List<VisualTokens> tokens = engine.resampler().resample(List.of(features, mixed));

    List<StreetExam.Asked> asked = exam.ask(clip, random);
    List<AnswerRequest> requests = new ArrayList<>();
    for (StreetExam.Asked question : asked) {
      Prompt prompt = engine.prompts().question(question.text());
      requests.add(AnswerRequest.of(prompt, tokens.get(0), ANSWER_TOKENS));
      requests.add(AnswerRequest.of(prompt, tokens.get(1), ANSWER_TOKENS));
    }
    List<GeneratedAnswer> answers = engine.generator().generate(requests);
    List<GeneratedAnswer> guesses =
        engine
            .generator()
            .generate(
                asked.stream()
                    .map(question -> engine.prompts().blindQuestion(question.text()))
                    .map(prompt -> AnswerRequest.blind(prompt, ANSWER_TOKENS))
                    .toList());
    boolean rare = clip.seen().stream().anyMatch(a -> StreetSplit.heldOut(a.colour(), a.kind()));
    for (int i = 0; i < asked.size(); i++) {
      StreetExam.Asked question = asked.get(i);
      boolean right = right(question, answers.get(2 * i));
      overall.add(right);
      families.computeIfAbsent(question.family(), key -> new Tally()).add(right);
      shuffled.add(right(question, answers.get(2 * i + 1)));
      blind.add(right(question, guesses.get(i)));
      if (rare && OF_COLOUR.contains(question.family())) {
        heldOut.add(right);
      }
    }
    GeneratedAnswer described =
        engine
            .generator()
            .generate(
                List.of(
                    AnswerRequest.of(engine.prompts().caption(), tokens.get(0), CAPTION_TOKENS)))
            .get(0);
    captions.add(described.text().equals(caption.of(clip)));
  }

  private static boolean right(StreetExam.Asked question, GeneratedAnswer answer) {
    return answer.text().equals(question.answer());
  }
}
