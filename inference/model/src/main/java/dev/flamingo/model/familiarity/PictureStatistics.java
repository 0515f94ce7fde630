package dev.flamingo.model.familiarity;

import java.util.List;

/**
 * What the frames of a training looked like to the vision encoder.
 *
 * @param channels of a patch
 * @param clips frames of the clips that were trained on
 * @param clipThresholds how far a familiar window of 1, 2, ... frames may be from them on average;
 *     the last also counts for longer ones
 * @param pictures single pictures that were trained on
 * @param pictureThreshold how far a familiar one may be from them; all distances in the spreads of
 *     their means, so that what is usual is near 1
 */
public record PictureStatistics(
    int channels,
    Gaussians clips,
    List<Double> clipThresholds,
    Gaussians pictures,
    double pictureThreshold) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if they do not fit each other, or a threshold is not above 0
   */
  public PictureStatistics {
    clipThresholds = List.copyOf(clipThresholds);
    if (clips.width() != 2 * channels
        || pictures.width() != 2 * channels
        || clipThresholds.isEmpty()
        || clipThresholds.stream().anyMatch(threshold -> !(threshold > 0))
        || !(pictureThreshold > 0)) {
      throw new IllegalArgumentException(
          "statistics of %d and %d values a frame do not fit %d channels, or lack a threshold"
              .formatted(clips.width(), pictures.width(), channels));
    }
  }

  /**
   * Returns how far a window is from what was trained on, as a share of the farthest that is still
   * familiar: 1 is the threshold. A single frame may be like the clips or like the pictures.
   *
   * @param frames features {@code [patches, channels]} of its frames, at least one
   * @throws IllegalArgumentException if there is none, or they are of another model
   */
  public double novelty(List<float[]> frames) {
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("a window without frames cannot be compared");
    }
    double sum = 0;
    double picture = Double.POSITIVE_INFINITY;
    for (float[] frame : frames) {
      float[] summary = FrameSummary.of(frame, channels);
      sum += clips.distance(summary);
      picture = frames.size() == 1 ? pictures.distance(summary) : picture;
    }
    int last = Math.min(frames.size(), clipThresholds.size()) - 1;
    return Math.min(sum / frames.size() / clipThresholds.get(last), picture / pictureThreshold);
  }
}
