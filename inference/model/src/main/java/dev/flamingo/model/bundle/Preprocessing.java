package dev.flamingo.model.bundle;

import java.util.List;

/**
 * How a picture becomes numbers: {@code (channel / 255 - mean) / std}, for red, green and blue.
 *
 * @param mean the mean of every channel, 0 to 1
 * @param std the standard deviation of every channel, above 0
 * @param padding the colour around a picture of another aspect, 0 to 255 a channel
 * @param resize how a picture of another aspect becomes a square
 */
public record Preprocessing(
    List<Double> mean, List<Double> std, List<Integer> padding, Resize resize) {

  /** The statistics of ImageNet, padded with its mean colour. */
  public static final Preprocessing IMAGENET =
      meanPadded(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Preprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    padding = List.copyOf(padding);
    check("mean", mean.size() == 3 && mean.stream().allMatch(v -> v >= 0 && v <= 1), mean);
    check("std", std.size() == 3 && std.stream().allMatch(v -> v > 0 && v <= 1), std);
    check(
        "padding",
        padding.size() == 3 && padding.stream().allMatch(v -> v >= 0 && v <= 255),
        padding);
  }

  /** The same for a model that sees whole pictures, padded. */
  public Preprocessing(List<Double> mean, List<Double> std, List<Integer> padding) {
    this(mean, std, padding, Resize.FIT);
  }

  /** Returns a preprocessing that pads with the mean colour, which becomes 0. */
  public static Preprocessing meanPadded(List<Double> mean, List<Double> std) {
    return new Preprocessing(mean, std, mean.stream().map(v -> (int) Math.round(v * 255)).toList());
  }

  private static void check(String name, boolean valid, List<?> value) {
    if (!valid) {
      throw new IllegalArgumentException(
          "preprocessing has %s %s: give three numbers in range".formatted(name, value));
    }
  }
}
