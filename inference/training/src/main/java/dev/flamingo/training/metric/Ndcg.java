package dev.flamingo.training.metric;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The normalised discounted cumulative gain of VisDial: over as many of the best ranked candidates
 * as there are relevant ones.
 */
public final class Ndcg {

  /**
   * Measures one ranking; candidates of equal score keep their order.
   *
   * @param scores the model's, higher is better
   * @param relevance people's, at least 0, of the same candidates
   * @return 0 to 1; 0 where nothing is relevant
   * @throws IllegalArgumentException if there are not as many of each
   */
  public double of(List<Double> scores, List<Double> relevance) {
    if (scores.size() != relevance.size()) {
      throw new IllegalArgumentException(
          "%d scores for %d candidates: give one for each"
              .formatted(scores.size(), relevance.size()));
    }
    int relevant = (int) relevance.stream().filter(value -> value > 0).count();
    double ideal = gain(relevance, relevance, relevant);
    return ideal == 0 ? 0 : gain(scores, relevance, relevant) / ideal;
  }

  private static double gain(List<Double> order, List<Double> relevance, int top) {
    List<Integer> ranking =
        IntStream.range(0, order.size())
            .boxed()
            .sorted(Comparator.comparing(order::get, Comparator.reverseOrder()))
            .limit(top)
            .toList();
    double gain = 0;
    for (int rank = 0; rank < ranking.size(); rank++) {
      gain += relevance.get(ranking.get(rank)) * Math.log(2) / Math.log(rank + 2);
    }
    return gain;
  }
}
