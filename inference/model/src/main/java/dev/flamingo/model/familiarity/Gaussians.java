package dev.flamingo.model.familiarity;

/**
 * Normal distributions around several means with one covariance: the distance of Lee et al. (arXiv
 * 1807.03888), section 2.1.
 *
 * @param width length of a vector
 * @param means {@code [count, width]}, not to be written to
 * @param whitening {@code [width, width]}, lower triangular, row by row: the inverse of the
 *     covariance's Cholesky factor; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Gaussians(int width, float[] means, float[] whitening) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if the matrices do not fit each other
   */
  Gaussians {
    if (width < 1
        || means.length == 0
        || means.length % width != 0
        || whitening.length != width * width) {
      throw new IllegalArgumentException(
          "means of %d values and a whitening of %d do not fit vectors of %d"
              .formatted(means.length, whitening.length, width));
    }
  }

  int count() {
    return means.length / width;
  }

  /** Returns the squared Mahalanobis distance to the nearest mean. */
  double distance(float[] vector) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int mean = 0; mean < count(); mean++) {
      nearest = Math.min(nearest, distance(vector, mean * width, nearest));
    }
    return nearest;
  }

  private double distance(float[] vector, int mean, double enough) {
    float[] offset = new float[width];
    for (int i = 0; i < width; i++) {
      offset[i] = vector[i] - means[mean + i];
    }
    double sum = 0;
    for (int row = 0; row < width && sum < enough; row++) {
      float value = 0;
      int at = row * width;
      for (int column = 0; column <= row; column++) {
        value += whitening[at + column] * offset[column];
      }
      sum += (double) value * value;
    }
    return sum;
  }
}
