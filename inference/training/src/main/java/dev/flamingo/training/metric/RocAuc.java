package dev.flamingo.training.metric;

import java.util.Comparator;
import java.util.List;

/**
 * The area under the curve of true over false positives: how probably something true scores above
 * something false, ties counted half.
 */
public final class RocAuc {

  /**
   * Measures scores.
   *
   * @return 0 to 1
   * @throws IllegalArgumentException unless there is something true and something false
   */
  public double of(List<Judged> judged) {
    double allTrue = weight(judged, true);
    double allFalse = weight(judged, false);
    if (allTrue == 0 || allFalse == 0) {
      throw new IllegalArgumentException(
          "all %d labels are alike: an area needs positives and negatives"
              .formatted(judged.size()));
    }
    List<Judged> rising =
        judged.stream().sorted(Comparator.comparingDouble(Judged::score)).toList();
    double below = 0;
    double area = 0;
    for (int from = 0, to; from < rising.size(); from = to) {
      to = from;
      while (to < rising.size() && rising.get(to).score() == rising.get(from).score()) {
        to++;
      }
      List<Judged> equal = rising.subList(from, to);
      double level = weight(equal, false);
      area += weight(equal, true) * (below + level / 2);
      below += level;
    }
    return area / (allTrue * allFalse);
  }

  private static double weight(List<Judged> judged, boolean positive) {
    return judged.stream()
        .filter(one -> one.positive() == positive)
        .mapToDouble(Judged::weight)
        .sum();
  }
}
