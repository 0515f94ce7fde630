package dev.flamingo.training.optimize;

/**
 * The learning rate over a stage: a linear warm-up to the peak, then a linear way down to a share
 * of it.
 *
 * @param peak the highest learning rate
 * @param warmUp steps until the peak
 * @param steps steps in all
 * @param last the rate of the last step as a share of the peak; 1 for a constant rate, as in the
 *     paper
 */
public record Schedule(double peak, int warmUp, int steps, double last) {

  /** Returns the learning rate of a step, counted from 0. */
  public double at(int step) {
    double rise = Math.min(1, (step + 1.0) / Math.max(1, warmUp));
    double way = Math.max(0, (double) (step - warmUp) / Math.max(1, steps - warmUp));
    return peak * rise * (1 - (1 - last) * Math.min(1, way));
  }
}
