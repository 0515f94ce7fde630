package dev.flamingo.model.serving;

import java.util.Arrays;
import java.util.List;

/**
 * What the frozen vision encoder sees in a medium as a whole: the mean over the patches of all its
 * frames, of length 1. For retrieval.
 *
 * @param values {@code [channels]}, not to be written to
 */
public record PooledFeatures(float[] values) {

  /**
   * Pools a medium.
   *
   * @param frames its frames, at least one, of one model
   * @param channels channels of a patch
   * @throws IllegalArgumentException if there is no frame or one does not consist of such patches
   */
  public static PooledFeatures of(List<FrameFeatures> frames, int channels) {
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("a medium without frames cannot be compared: give one");
    }
    double[] sum = new double[channels];
    for (FrameFeatures frame : frames) {
      float[] patches = frame.values();
      if (patches.length % channels != 0) {
        throw new IllegalArgumentException(
            "frame features of %d values are not patches of %d channels"
                .formatted(patches.length, channels));
      }
      for (int i = 0; i < patches.length; i++) {
        sum[i % channels] += patches[i];
      }
    }
    double length = Math.sqrt(Arrays.stream(sum).map(value -> value * value).sum());
    float[] values = new float[channels];
    for (int i = 0; i < channels; i++) {
      // Of a medium without any feature nothing is similar to anything.
      values[i] = length == 0 ? 0 : (float) (sum[i] / length);
    }
    return new PooledFeatures(values);
  }

  /**
   * Returns the cosine of the angle between two media, -1 to 1.
   *
   * @throws IllegalArgumentException if they are of different models
   */
  public double similarity(PooledFeatures other) {
    if (values.length != other.values.length) {
      throw new IllegalArgumentException(
          "features of %d and %d channels cannot be compared: encode both with one model"
              .formatted(values.length, other.values.length));
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (double) values[i] * other.values[i];
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PooledFeatures pooled && Arrays.equals(values, pooled.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "PooledFeatures[" + values.length + "]";
  }
}
