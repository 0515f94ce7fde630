package dev.flamingo.training.street;

/**
 * How long each stage trains, in steps.
 *
 * @param encoder contrastive pretraining of the vision encoder
 * @param language the language model on text alone
 * @param clips clips whose features are stored for the later stages
 * @param glyphs pictures of glyphs whose features are stored
 * @param resampler the resampler with attribute heads
 * @param gated resampler and gated layers, encoder and language model frozen
 */
public record StreetBudget(
    int encoder, int language, int clips, int glyphs, int resampler, int gated) {

  /** What the model that ships was given: about five hours of two cores. */
  public static final StreetBudget FULL =
      new StreetBudget(1_600, 800, 48_000, 16_000, 6_000, 4_000);

  /** Returns a budget of a share of the steps, for trials. */
  public StreetBudget times(double share) {
    return new StreetBudget(
        part(encoder, share),
        part(language, share),
        part(clips, share),
        part(glyphs, share),
        part(resampler, share),
        part(gated, share));
  }

  private static int part(int steps, double share) {
    return (int) Math.max(1, Math.round(steps * share));
  }
}
