package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClipSampler;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.PromptTemplate;
import dev.flamingo.model.serving.VisualTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Holds a model with quantised weights against the same one with its weights as they are. */
public final class QuantizationExam {

  private static final int MOST_ASKED = 64;
  private static final int ANSWER_TOKENS = 8;
  private static final int CAPTION_TOKENS = 64;
  private static final double POINTS = 100;

  private final FlamingoEngine plain;
  private final FlamingoEngine quantized;

  /**
   * Prepares to compare.
   *
   * @param plain the model with its weights as they are
   * @param quantized the same bundle with quantised weights
   */
  public QuantizationExam(FlamingoEngine plain, FlamingoEngine quantized) {
    this.plain = plain;
    this.quantized = quantized;
  }

  /**
   * Evaluates both on the same clips, and measures on at most 64 of them how fast they say
   * captions, in turns, and what of all they say depends on its batch.
   *
   * @param seed which clips
   * @param clips how many
   * @param shots the numbers of shots after which glyphs are named
   * @param progress gets the number of clips that are done, up to twice their number
   */
  public QuantizationScores run(long seed, int clips, List<Integer> shots, IntConsumer progress) {
    StreetScores before = new StreetEvaluation(plain).run(seed, clips, shots, progress);
    StreetScores after =
        new StreetEvaluation(quantized)
            .run(seed, clips, shots, done -> progress.accept(clips + done));
    List<VisualTokens> windows = windows(seed, Math.min(clips, MOST_ASKED));
    BatchExam batches = new BatchExam(requests(seed, windows), seed);
    return new QuantizationScores(
        before,
        after,
        (before.overall() - after.overall()) * POINTS,
        speed(windows),
        new QuantizationScores.Changed(batches.changed(plain), batches.changed(quantized)));
  }

  private List<VisualTokens> windows(long seed, int clips) {
    StreetClipSampler sampler = StreetSplit.test(seed);
    List<VisualTokens> windows = new ArrayList<>();
    try (StreetFrames frames = new StreetFrames(plain.preprocessor())) {
      for (int i = 0; i < clips; i++) {
        windows.addAll(
            plain
                .resampler()
                .resample(List.of(plain.encoder().encode(frames.window(sampler.sample(i))))));
      }
    }
    return windows;
  }

  private List<AnswerRequest> requests(long seed, List<VisualTokens> windows) {
    StreetClipSampler sampler = StreetSplit.test(seed);
    StreetExam exam = new StreetExam(StreetSplit.balance());
    SplittableRandom random = new SplittableRandom(seed);
    PromptTemplate prompts = plain.prompts();
    List<AnswerRequest> requests = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      VisualTokens window = windows.get(i);
      for (StreetExam.Asked asked : exam.ask(sampler.sample(i), random)) {
        requests.add(AnswerRequest.of(prompts.question(asked.text()), window, ANSWER_TOKENS));
      }
      requests.add(AnswerRequest.of(prompts.caption(), window, CAPTION_TOKENS));
    }
    return requests;
  }

  private QuantizationScores.Speed speed(List<VisualTokens> windows) {
    CaptionSpeed before = new CaptionSpeed(plain);
    CaptionSpeed after = new CaptionSpeed(quantized);
    for (int i = 0; i < windows.size(); i++) {
      // Neither is always the first.
      (i % 2 == 0 ? before : after).caption(windows.get(i));
      (i % 2 == 0 ? after : before).caption(windows.get(i));
    }
    double fp32 = before.tokensPerSecond();
    double few = after.tokensPerSecond();
    return new QuantizationScores.Speed(fp32, few, fp32 == 0 ? 0 : few / fp32);
  }
}
