package dev.flamingo.training.benchmark;

import java.util.List;

/** What is measured. */
public interface BenchmarkModel {

  /**
   * Answers or describes.
   *
   * @throws UnaskedException if this item cannot be asked
   */
  ModelOutput<String> answer(Asked asked) throws UnaskedException, InterruptedException;

  /**
   * Scores each of the item's candidates.
   *
   * @return a score for each, higher is better
   * @throws UnaskedException if this item cannot be asked
   */
  ModelOutput<List<Double>> rank(Asked asked) throws UnaskedException, InterruptedException;
}
