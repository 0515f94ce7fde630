package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetClipSampler;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import dev.flamingo.model.serving.GeneratedAnswer;
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
 * Every run counts anew.
 */
public final class StreetEvaluation {

  private static final int ANSWER_TOKENS = 8;
  private static final int CAPTION_TOKENS = 64;
  private static final int EMPTY_EVERY = 5;
  private static final int KEPT = 1_000;
  private static final Set<QuestionFamily> OF_TIME =
      EnumSet.of(
          QuestionFamily.DIRECTION,
          QuestionFamily.LIGHT_CHANGE,
          QuestionFamily.FIRST,
          QuestionFamily.ENTER,
          QuestionFamily.LEAVE);

  private final FlamingoEngine engine;
  private final StreetExam exam = new StreetExam(StreetSplit.balance());
  private final StreetCaption caption = new StreetCaption();

  /** What one run counts. */
  private static final class Counts {
    private final Map<QuestionFamily, Tally> families = new EnumMap<>(QuestionFamily.class);
    private final Tally overall = new Tally();
    private final Tally blind = new Tally();
    private final Tally shuffled = new Tally();
    private final Tally reversed = new Tally();
    private final Tally timeless = new Tally();
    private final Tally empty = new Tally();
    private final Tally heldOut = new Tally();
    private final Tally captions = new Tally();
    private final Calibration calibration = new Calibration();
    private final List<UntaughtExam.Seen> kept = new ArrayList<>();
  }

  /** Prepares to evaluate a model. */
  public StreetEvaluation(FlamingoEngine engine) {
    this.engine = engine;
  }

  /**
   * Evaluates.
   *
   * @param seed which clips
   * @param clips how many
   * @param shots the numbers of shots after which glyphs are named
   * @param progress receives the number of clips that are done
   */
  public StreetScores run(long seed, int clips, List<Integer> shots, IntConsumer progress) {
    Counts counts = new Counts();
    StreetClipSampler sampler = StreetSplit.test(seed);
    try (StreetFrames frames = new StreetFrames(engine.preprocessor())) {
      for (int i = 0; i < clips; i++) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + i);
        StreetClip clip = sampler.sample(i);
        clip(clip, random, frames, counts);
        if (i % EMPTY_EVERY == 0) {
          empty(clip.empty(), random, frames, counts);
        }
        progress.accept(i + 1);
      }
    }
    Map<String, Double> byFamily = new TreeMap<>();
    counts.families.forEach(
        (family, tally) -> byFamily.put(StreetWords.name(family), tally.share()));
    GlyphExam glyphs = new GlyphExam(engine);
    Map<Integer, StreetScores.FewShot> fewShot = new TreeMap<>();
    shots.forEach(count -> fewShot.put(count, glyphs.run(count, seed)));
    return new StreetScores(
        engine.quantization().label(),
        counts.overall.share(),
        counts.blind.share(),
        counts.shuffled.share(),
        counts.reversed.share(),
        counts.timeless.share(),
        counts.empty.share(),
        counts.heldOut.share(),
        byFamily,
        new StreetScores.Captions(counts.captions.share()),
        counts.calibration.scores(),
        fewShot,
        new UntaughtExam(engine).run(counts.kept, seed),
        clips,
        seed);
  }

  private void clip(StreetClip clip, SplittableRandom random, StreetFrames frames, Counts counts) {
    List<FrameFeatures> features = see(clip, frames);
    List<FrameFeatures> mixed = new ArrayList<>(features);
    Collections.shuffle(mixed, new Random(random.nextLong()));
    List<FrameFeatures> backwards = new ArrayList<>(features);
    Collections.reverse(backwards);
    List<VisualTokens> tokens = engine.resampler().resample(List.of(features, mixed, backwards));
    if (counts.kept.size() < KEPT) {
      counts.kept.add(new UntaughtExam.Seen(clip, tokens.get(0)));
    }

    List<StreetExam.Asked> asked = exam.ask(clip, random);
    List<GeneratedAnswer> answers = answers(asked, tokens.get(0));
    List<GeneratedAnswer> mixedAnswers = answers(asked, tokens.get(1));
    List<GeneratedAnswer> backwardAnswers = answers(asked, tokens.get(2));
    List<GeneratedAnswer> guesses =
        engine
            .generator()
            .generate(
                asked.stream()
                    .map(question -> engine.prompts().blindQuestion(question.text()))
                    .map(prompt -> AnswerRequest.blind(prompt, ANSWER_TOKENS))
                    .toList());
    for (int i = 0; i < asked.size(); i++) {
      StreetExam.Asked question = asked.get(i);
      boolean right = right(question, answers.get(i));
      counts.overall.add(right);
      counts.calibration.add(answers.get(i).confidence(), right);
      counts.families.computeIfAbsent(question.family(), key -> new Tally()).add(right);
      counts.shuffled.add(right(question, mixedAnswers.get(i)));
      counts.blind.add(right(question, guesses.get(i)));
      if (OF_TIME.contains(question.family())) {
        counts.reversed.add(right(question, backwardAnswers.get(i)));
        counts.timeless.add(exam.agrees(question, clip.reversed()));
      }
    }
    List<StreetExam.Asked> pairs = exam.askOfHeldOut(clip);
    List<GeneratedAnswer> named = answers(pairs, tokens.get(0));
    for (int i = 0; i < pairs.size(); i++) {
      counts.heldOut.add(right(pairs.get(i), named.get(i)));
    }
    GeneratedAnswer described =
        engine
            .generator()
            .generate(
                List.of(
                    AnswerRequest.of(engine.prompts().caption(), tokens.get(0), CAPTION_TOKENS)))
            .get(0);
    counts.captions.add(described.text().equals(caption.of(clip)));
  }

  private void empty(StreetClip clip, SplittableRandom random, StreetFrames frames, Counts counts) {
    VisualTokens tokens = engine.resampler().resample(List.of(see(clip, frames))).get(0);
    List<StreetExam.Asked> asked = exam.ask(clip, random);
    List<GeneratedAnswer> answers = answers(asked, tokens);
    for (int i = 0; i < asked.size(); i++) {
      counts.empty.add(right(asked.get(i), answers.get(i)));
    }
  }

  private List<FrameFeatures> see(StreetClip clip, StreetFrames frames) {
    return engine.encoder().encode(frames.window(clip));
  }

  private List<GeneratedAnswer> answers(List<StreetExam.Asked> asked, VisualTokens tokens) {
    return engine
        .generator()
        .generate(
            asked.stream()
                .map(question -> engine.prompts().question(question.text()))
                .map(prompt -> AnswerRequest.of(prompt, tokens, ANSWER_TOKENS))
                .toList());
  }

  private static boolean right(StreetExam.Asked question, GeneratedAnswer answer) {
    return answer.text().equals(question.answer());
  }
}
