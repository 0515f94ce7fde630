package dev.flamingo.model.familiarity;

/**
 * A frame's features in one vector: mean and standard deviation of every channel over its patches,
 * of length 1 in all, so that brightness and contrast count little.
 */
final class FrameSummary {

  private FrameSummary() {}

  /**
   * Summarises a frame.
   *
   * @param features {@code [patches, channels]}
   * @return {@code [2 * channels]}
   */
  static float[] of(float[] features, int channels) {
    if (channels < 1 || features.length == 0 || features.length % channels != 0) {
      throw new IllegalArgumentException(
          "frame features of %d values are not patches of %d channels"
              .formatted(features.length, channels));
    }
    int patches = features.length / channels;
    double[] sum = new double[channels];
    double[] squares = new double[channels];
    for (int i = 0; i < features.length; i++) {
      sum[i % channels] += features[i];
      squares[i % channels] += (double) features[i] * features[i];
    }
    double[] summary = new double[2 * channels];
    double length = 0;
    for (int i = 0; i < channels; i++) {
      double mean = sum[i] / patches;
      double variance = Math.max(0, squares[i] / patches - mean * mean);
      summary[i] = mean;
      summary[channels + i] = Math.sqrt(variance);
      length += mean * mean + variance;
    }
    float[] vector = new float[2 * channels];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = length == 0 ? 0 : (float) (summary[i] / Math.sqrt(length));
    }
    return vector;
  }
}
