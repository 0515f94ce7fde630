package dev.flamingo.training.benchmark;

import java.util.List;

/** What is measured. */
public interface BenchmarkModel {

  /**
   * Answers or describes.
   *
   * @throws UnaskedException if this item cannot be asked
   */
  Told<String> answer(Asked asked) throws UnaskedException, InterruptedException;

  /**
   * Says how good each of the item's candidates is.
   *
   * @return a score for each, higher is better
   * @throws UnaskedException if this item cannot be asked
   */
  Told<List<Double>> rank(Asked asked) throws UnaskedException, InterruptedException;
}
