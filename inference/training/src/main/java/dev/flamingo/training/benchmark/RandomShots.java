package dev.flamingo.training.benchmark;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Draws any examples in any order, for every item anew. */
public final class RandomShots implements ShotChoice {

  private final List<BenchmarkItem> support;
  private final SplittableRandom random;

  /**
   * Prepares to draw.
   *
   * @param support what is drawn from
   * @param seed the same draws the same, item for item
   */
  public RandomShots(List<BenchmarkItem> support, long seed) {
    this.support = List.copyOf(support);
    random = new SplittableRandom(seed);
  }

  @Override
  public List<BenchmarkItem> choose(BenchmarkItem item, int count) {
    Set<Integer> drawn = new LinkedHashSet<>();
    while (drawn.size() < Math.min(count, support.size())) {
      drawn.add(random.nextInt(support.size()));
    }
    return drawn.stream().map(support::get).toList();
  }
}
