package dev.flamingo.training.metric;

import java.util.Comparator;
import java.util.List;

/** Average precision with weights: precision at every score, weighed by the recall it adds. */
public final class AveragePrecision {

  /**
   * Measures scores; equal scores are one step.
   *
   * @return 0 to 1
   * @throws IllegalArgumentException if nothing is positive
   */
  public double of(List<Judged> judged) {
    List<Judged> falling =
        judged.stream().sorted(Comparator.comparingDouble(Judged::score).reversed()).toList();
    double all = 0;
    for (Judged one : falling) {
      all += one.positive() ? one.weight() : 0;
    }
    if (all == 0) {
      throw new IllegalArgumentException(
          "none of %d labels is positive: precision needs one".formatted(judged.size()));
    }
    double positive = 0;
    double taken = 0;
    double sum = 0;
    for (int from = 0, to; from < falling.size(); from = to) {
      double before = positive;
      for (to = from;
          to < falling.size() && falling.get(to).score() == falling.get(from).score();
          to++) {
        taken += falling.get(to).weight();
        positive += falling.get(to).positive() ? falling.get(to).weight() : 0;
      }
      sum += (positive - before) / all * (positive / taken);
    }
    return sum;
  }
}
