package dev.flamingo.model.familiarity;

/** Turns a covariance into what vectors are multiplied by to have none. */
final class Whitening {

  private final double[][] covariance;

  /**
   * Prepares to invert.
   *
   * @param covariance positive definite; only its lower triangle is read
   */
  Whitening(double[][] covariance) {
    this.covariance = covariance;
  }

  /**
   * Returns the inverse of the Cholesky factor, row by row (Golub and Van Loan, 4.2.5 and 3.1.3).
   */
  float[] inverseFactor() {
    int width = covariance.length;
    double[][] factor = new double[width][width];
    for (int row = 0; row < width; row++) {
      for (int column = 0; column <= row; column++) {
        double rest = covariance[row][column];
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
