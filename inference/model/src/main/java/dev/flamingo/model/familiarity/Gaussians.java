package dev.flamingo.model.familiarity;

/**
 * Normal distributions around several means with one covariance, each scaled by a spread of its
 * own: the distance of Lee et al. (arXiv 1807.03888), section 2.1, in units of the distance that is
 * usual around a mean.
 *
 * @param width length of a vector
 * @param centre {@code [width]}, subtracted from every vector first
 * @param whitening {@code [width, width]}, lower triangular, row by row: the inverse of the
 *     covariance's Cholesky factor; not to be written to
 * @param means {@code [count, width]}, centred and whitened, not to be written to
 * @param spreads {@code [count]}: the mean squared distance of the samples around each mean; not to
 *     be written to
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Gaussians(int width, float[] centre, float[] whitening, float[] means, float[] spreads) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if they do not fit each other, or a spread is not above 0
   */
  Gaussians {
    if (width < 1
        || centre.length != width
        || whitening.length != width * width
        || means.length == 0
        || means.length != spreads.length * width) {
      throw new IllegalArgumentException(
          "a centre of %d values, a whitening of %d, means of %d and %d spreads do not fit vectors of %d"
              .formatted(centre.length, whitening.length, means.length, spreads.length, width));
    }
    for (float spread : spreads) {
      if (!(spread > 0)) {
        throw new IllegalArgumentException("a spread of %s is not above 0".formatted(spread));
      }
    }
  }

  /** Returns other distributions with the same covariance. */
  Gaussians with(float[] otherMeans, float[] otherSpreads) {
    return new Gaussians(width, centre, whitening, otherMeans, otherSpreads);
  }

  /** Returns the smallest squared Mahalanobis distance to a mean, divided by its spread. */
  double distance(float[] vector) {
    float[] white = whiten(vector);
    double nearest = Double.POSITIVE_INFINITY;
    for (int mean = 0; mean < spreads.length; mean++) {
      double distance = distance(white, mean, nearest * spreads[mean]);
      nearest = Math.min(nearest, distance / spreads[mean]);
    }
    return nearest;
  }

  /** Returns a vector in units of the common covariance. */
  float[] whiten(float[] vector) {
    float[] offset = new float[width];
    for (int i = 0; i < width; i++) {
      offset[i] = vector[i] - centre[i];
    }
    float[] white = new float[width];
    for (int row = 0; row < width; row++) {
      float value = 0;
      int at = row * width;
      for (int column = 0; column <= row; column++) {
        value += whitening[at + column] * offset[column];
      }
      white[row] = value;
    }
    return white;
  }

  /** Returns the squared distance of a whitened vector to a mean, or a part that is enough. */
  double distance(float[] white, int mean, double enough) {
    double sum = 0;
    int at = mean * width;
    for (int i = 0; i < width && sum < enough; i++) {
      double offset = white[i] - means[at + i];
      sum += offset * offset;
    }
    return sum;
  }
}
