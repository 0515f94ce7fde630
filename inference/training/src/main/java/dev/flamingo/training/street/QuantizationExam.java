package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClipSampler;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.VisualTokens;
import java.util.List;
import java.util.function.IntConsumer;

/** Holds a model with quantised weights against the same one with its weights as they are. */
public final class QuantizationExam {

  private static final int MOST_TIMED = 64;
  private static final double POINTS = 100;

  private final FlamingoEngine plain;
  private final FlamingoEngine quantized;
  private final String quantization;

  /**
   * Prepares to compare.
   *
   * @param plain the model with its weights as they are
   * @param quantized the same bundle with quantised weights
   * @param quantization their name
   */
  public QuantizationExam(FlamingoEngine plain, FlamingoEngine quantized, String quantization) {
    this.plain = plain;
    this.quantized = quantized;
    this.quantization = quantization;
  }

  /**
   * Evaluates both on the same clips, and measures how fast they say captions of at most 64 of
   * them, in turns.
   *
   * @param seed which clips
   * @param clips how many
   * @param shots the numbers of shots after which glyphs are named
   * @param progress hears the number of clips that are done, up to twice their number
   */
  public QuantizationScores run(long seed, int clips, List<Integer> shots, IntConsumer progress) {
    StreetScores before = new StreetEvaluation(plain).run(seed, clips, shots, progress);
    StreetScores after =
        new StreetEvaluation(quantized)
            .run(seed, clips, shots, done -> progress.accept(clips + done));
    return new QuantizationScores(
        quantization,
        before,
        after,
        (before.overall() - after.overall()) * POINTS,
        speed(seed, Math.min(clips, MOST_TIMED)));
  }

  private QuantizationScores.Speed speed(long seed, int clips) {
    StreetClipSampler sampler = StreetSplit.test(seed);
    CaptionSpeed before = new CaptionSpeed(plain);
    CaptionSpeed after = new CaptionSpeed(quantized);
    try (StreetFrames frames = new StreetFrames(plain.preprocessor())) {
      for (int i = 0; i < clips; i++) {
        VisualTokens window =
            plain
                .resampler()
                .resample(List.of(plain.encoder().encode(frames.window(sampler.sample(i)))))
                .get(0);
        // Neither is always the one that follows the encoder.
        (i % 2 == 0 ? before : after).caption(window);
        (i % 2 == 0 ? after : before).caption(window);
      }
    }
    double fp32 = before.tokensPerSecond();
    double few = after.tokensPerSecond();
    return new QuantizationScores.Speed(fp32, few, fp32 == 0 ? 0 : few / fp32);
  }
}
