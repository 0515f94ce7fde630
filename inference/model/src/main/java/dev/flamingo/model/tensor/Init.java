package dev.flamingo.model.tensor;

/**
 * How a parameter starts: normally distributed.
 *
 * @param mean the mean
 * @param deviation the standard deviation; 0 for a constant
 */
public record Init(double mean, double deviation) {

  /** All zeroes. */
  public static final Init ZEROS = new Init(0, 0);

  /** All ones. */
  public static final Init ONES = new Init(1, 0);

  /** Returns a normal distribution around 0. */
  public static Init normal(double deviation) {
    return new Init(0, deviation);
  }

  /** Returns a normal distribution that keeps the variance of a linear layer's input. */
  public static Init linear(long inputs) {
    return normal(1 / Math.sqrt((double) inputs));
  }

  /** Returns a constant. */
  public static Init constant(double value) {
    return new Init(value, 0);
  }
}
