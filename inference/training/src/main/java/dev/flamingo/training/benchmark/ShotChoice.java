package dev.flamingo.training.benchmark;

import java.util.List;

/** Chooses the examples that stand before an item. */
public interface ShotChoice {

  /**
   * Chooses examples.
   *
   * @param count how many; all there are where they are fewer
   * @return different ones, in the order in which the model reads them
   * @throws UnaskedException if the item's medium is needed and cannot be read
   */
  List<BenchmarkItem> choose(BenchmarkItem item, int count)
      throws UnaskedException, InterruptedException;
}
