package dev.flamingo.model.familiarity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Fits {@link Gaussians}: means by k-means, then the covariance around them, slightly rounded, then
 * the spread around each.
 */
final class GaussianFit {

  private static final int ROUNDS = 8;

  /** The share of the mean variance that is added to every direction. */
  private static final double RIDGE = 1e-3;

  /** How many samples of the usual spread are added to those of a mean, which may be few. */
  private static final double USUAL_SAMPLES = 4;

  private final List<float[]> samples;
  private final int width;

  /**
   * Prepares to fit.
   *
   * @param samples vectors of one length, many more than that
   */
  GaussianFit(List<float[]> samples) {
    this.samples = samples;
    width = samples.get(0).length;
  }

  /**
   * Fits.
   *
   * @param count number of means
   */
  Gaussians fit(int count, long seed) {
    double[][] means = start(count, seed);
    int[] nearest = new int[samples.size()];
    for (int round = 0; round < ROUNDS; round++) {
      nearest = nearest(means, nearest);
      move(means, nearest);
    }
    nearest = nearest(means, nearest);
    Gaussians metric = metric(new Whitening(covariance(means, nearest)).inverseFactor(), count);
    Gaussians unscaled =
        FamiliarityFile.stored(metric.with(whitened(metric, means), metric.spreads()));
    return FamiliarityFile.stored(
        unscaled.with(unscaled.means(), spreads(unscaled, nearest, count)));
  }

  /** Rounded as it is stored before anything is whitened by it: its rows add up large numbers. */
  private Gaussians metric(float[] whitening, int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return FamiliarityFile.stored(
        new Gaussians(width, centre(), whitening, new float[count * width], ones));
  }

  private float[] whitened(Gaussians metric, double[][] means) {
    float[] white = new float[means.length * width];
    for (int mean = 0; mean < means.length; mean++) {
      float[] vector = new float[width];
      for (int i = 0; i < width; i++) {
        vector[i] = (float) means[mean][i];
      }
      System.arraycopy(metric.whiten(vector), 0, white, mean * width, width);
    }
    return white;
  }

  private double[][] start(int count, long seed) {
    List<float[]> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, new Random(seed));
    double[][] means = new double[count][width];
    for (int mean = 0; mean < count; mean++) {
      for (int i = 0; i < width; i++) {
        means[mean][i] = shuffled.get(mean)[i];
      }
    }
    return means;
  }

  private void move(double[][] means, int[] nearest) {
    double[][] sums = new double[means.length][width];
    int[] members = new int[means.length];
    for (int sample = 0; sample < nearest.length; sample++) {
      members[nearest[sample]]++;
      for (int i = 0; i < width; i++) {
        sums[nearest[sample]][i] += samples.get(sample)[i];
      }
    }
    for (int mean = 0; mean < means.length; mean++) {
      for (int i = 0; i < width && members[mean] > 0; i++) {
        means[mean][i] = sums[mean][i] / members[mean];
      }
    }
  }

  /** Looks at the mean of the round before first: most others are soon seen to be farther. */
  private int[] nearest(double[][] means, int[] before) {
    return IntStream.range(0, samples.size())
        .parallel()
        .map(sample -> nearest(samples.get(sample), means, before[sample]))
        .toArray();
  }

  private static int nearest(float[] sample, double[][] means, int before) {
    int nearest = before;
    double best = distance(sample, means[before], Double.POSITIVE_INFINITY);
    for (int mean = 0; mean < means.length; mean++) {
      double distance = distance(sample, means[mean], best);
      if (distance < best) {
        best = distance;
        nearest = mean;
      }
    }
    return nearest;
  }

  private static double distance(float[] sample, double[] mean, double enough) {
    double distance = 0;
    for (int i = 0; i < mean.length && distance < enough; i++) {
      double offset = sample[i] - mean[i];
      distance += offset * offset;
    }
    return distance;
  }

  private float[] centre() {
    double[] sum = new double[width];
    for (float[] sample : samples) {
      for (int i = 0; i < width; i++) {
        sum[i] += sample[i];
      }
    }
    float[] centre = new float[width];
    for (int i = 0; i < width; i++) {
      centre[i] = (float) (sum[i] / samples.size());
    }
    return centre;
  }

  private double[][] covariance(double[][] means, int[] nearest) {
    double[][] sum = new double[width][width];
    double[] offset = new double[width];
    for (int sample = 0; sample < nearest.length; sample++) {
      for (int i = 0; i < width; i++) {
        offset[i] = samples.get(sample)[i] - means[nearest[sample]][i];
      }
      for (int row = 0; row < width; row++) {
        for (int column = 0; column <= row; column++) {
          sum[row][column] += offset[row] * offset[column];
        }
      }
    }
    double trace = 0;
    for (int i = 0; i < width; i++) {
      trace += sum[i][i];
    }
    for (int row = 0; row < width; row++) {
      sum[row][row] += RIDGE * trace / width;
      for (int column = 0; column <= row; column++) {
        sum[row][column] /= nearest.length;
      }
    }
    return sum;
  }

  /** A sample pulls its own mean towards itself, which the sum of a small group makes up for. */
  private float[] spreads(Gaussians gaussians, int[] nearest, int count) {
    double[] sums = new double[count];
    int[] members = new int[count];
    double all = 0;
    for (int sample = 0; sample < nearest.length; sample++) {
      double distance =
          gaussians.distance(
              gaussians.whiten(samples.get(sample)), nearest[sample], Double.POSITIVE_INFINITY);
      sums[nearest[sample]] += distance;
      members[nearest[sample]]++;
      all += distance;
    }
    double usual = all / nearest.length;
    float[] spreads = new float[count];
    for (int mean = 0; mean < count; mean++) {
      double unbiased = members[mean] > 1 ? members[mean] / (members[mean] - 1.0) : 1;
      spreads[mean] =
          (float)
              ((sums[mean] * unbiased + USUAL_SAMPLES * usual) / (members[mean] + USUAL_SAMPLES));
    }
    return spreads;
  }
}
