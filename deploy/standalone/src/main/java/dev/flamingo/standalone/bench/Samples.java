package dev.flamingo.standalone.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one side gave, a value for each round.
 *
 * @param values at least one
 */
record Samples<T>(List<T> values) {

  /** Returns the median of a figure; the mean of the two in the middle of an even number. */
  double median(ToDoubleFunction<T> figure) {
    double[] sorted = values.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Returns the last value. */
  T last() {
    return values.get(values.size() - 1);
  }
}
