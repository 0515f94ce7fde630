package dev.flamingo.training.street;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

  /** What a model needs that starts from nothing: about five hours of two cores. */
  public static final StreetBudget FULL =
      new StreetBudget(1_600, 2_400, 48_000, 16_000, 6_000, 4_000);

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

  /** Returns the budget with other numbers for some of its parts, by their names. */
  public StreetBudget with(Map<String, Integer> others) {
    Map<String, Integer> parts = parts();
    others.forEach(
        (name, value) -> {
          if (parts.replace(name, value) == null || value < 0) {
            throw new IllegalArgumentException(
                "steps %s=%d are unknown or negative: name some of %s"
                    .formatted(name, value, parts.keySet()));
          }
        });
    List<Integer> values = List.copyOf(parts.values());
    return new StreetBudget(
        values.get(0), values.get(1), values.get(2), values.get(3), values.get(4), values.get(5));
  }

  private Map<String, Integer> parts() {
    Map<String, Integer> parts = new LinkedHashMap<>();
    parts.put("encoder", encoder);
    parts.put("language", language);
    parts.put("clips", clips);
    parts.put("glyphs", glyphs);
    parts.put("resampler", resampler);
    parts.put("gated", gated);
    return parts;
  }

  /** Returns the parts as they are given on the command line. */
  @Override
  public String toString() {
    return parts().entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(" "));
  }

  private static int part(int steps, double share) {
    return (int) Math.max(1, Math.round(steps * share));
  }
}
