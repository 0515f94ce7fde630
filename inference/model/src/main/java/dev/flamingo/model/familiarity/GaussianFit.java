package dev.flamingo.model.familiarity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Fits {@link Gaussians}: means by k-means, then the covariance around them, slightly rounded. */
final class GaussianFit {

  private static final int ROUNDS = 15;

  /** The share of the mean variance that is added to every direction. */
  private static final double RIDGE = 1e-3;

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
    double[][] means = means(count, seed);
    int[] nearest = nearest(means);
    float[] packed = new float[count * width];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = (float) means[i / width][i % width];
    }
    return new Gaussians(width, packed, whitening(covariance(means, nearest)));
  }

  private double[][] means(int count, long seed) {
    List<float[]> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, new Random(seed));
    double[][] means = new double[count][width];
    for (int mean = 0; mean < count; mean++) {
      for (int i = 0; i < width; i++) {
        means[mean][i] = shuffled.get(mean)[i];
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      int[] nearest = nearest(means);
      double[][] sums = new double[count][width];
      int[] members = new int[count];
      for (int sample = 0; sample < nearest.length; sample++) {
        members[nearest[sample]]++;
        for (int i = 0; i < width; i++) {
          sums[nearest[sample]][i] += samples.get(sample)[i];
        }
      }
      for (int mean = 0; mean < count; mean++) {
        for (int i = 0; i < width && members[mean] > 0; i++) {
          means[mean][i] = sums[mean][i] / members[mean];
        }
      }
    }
    return means;
  }

  private int[] nearest(double[][] means) {
    int[] nearest = new int[samples.size()];
    for (int sample = 0; sample < nearest.length; sample++) {
      double best = Double.POSITIVE_INFINITY;
      for (int mean = 0; mean < means.length; mean++) {
        double distance = 0;
        for (int i = 0; i < width && distance < best; i++) {
          double offset = samples.get(sample)[i] - means[mean][i];
          distance += offset * offset;
        }
        if (distance < best) {
          best = distance;
          nearest[sample] = mean;
        }
      }
    }
    return nearest;
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

  /** Returns the inverse of the Cholesky factor (Golub and Van Loan, 4.2.5 and 3.1.3). */
  private float[] whitening(double[][] lower) {
    double[][] factor = new double[width][width];
    for (int row = 0; row < width; row++) {
      for (int column = 0; column <= row; column++) {
        double rest = lower[row][column];
        for (int i = 0; i < column; i++) {
          rest -= factor[row][i] * factor[column][i];
        }
        factor[row][column] = row == column ? Math.sqrt(rest) : rest / factor[column][column];
      }
    }
    float[] inverse = new float[width * width];
    double[] solution = new double[width];
    for (int column = 0; column < width; column++) {
      for (int row = column; row < width; row++) {
        double rest = row == column ? 1 : 0;
        for (int i = column; i < row; i++) {
          rest -= factor[row][i] * solution[i];
        }
        solution[row] = rest / factor[row][row];
        inverse[row * width + column] = (float) solution[row];
      }
    }
    return inverse;
  }
}
