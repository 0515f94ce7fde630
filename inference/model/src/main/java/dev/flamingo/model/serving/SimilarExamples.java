package dev.flamingo.model.serving;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * RICES (appendix A.2): retrieves from a support set the examples whose media are most similar to
 * what is asked about.
 *
 * @param <T> an example
 */
public final class SimilarExamples<T> {

  private final List<Candidate<T>> support;

  /**
   * An example that can be retrieved.
   *
   * @param features of its medium
   * @param example itself
   * @param <T> its type
   */
  public record Candidate<T>(PooledFeatures features, T example) {}

  private record Ranked<T>(double similarity, T example) {}

  /** Makes a support set; of equally similar examples the earlier one counts as more similar. */
  public SimilarExamples(List<Candidate<T>> support) {
    this.support = List.copyOf(support);
  }

  /**
   * Returns the most similar examples, the most similar last: it then stands next to what is asked.
   *
   * @param count how many; all there are where they are fewer
   * @throws IllegalArgumentException if features are of another model
   */
  public List<T> nearest(PooledFeatures query, int count) {
    List<Ranked<T>> ranked = new ArrayList<>();
    for (Candidate<T> candidate : support) {
      ranked.add(new Ranked<>(query.similarity(candidate.features()), candidate.example()));
    }
    // The sort is stable.
    ranked.sort(Comparator.<Ranked<T>>comparingDouble(Ranked::similarity).reversed());
    List<Ranked<T>> best = ranked.subList(0, Math.min(count, ranked.size()));
    Collections.reverse(best);
    return best.stream().map(Ranked::example).toList();
  }
}
