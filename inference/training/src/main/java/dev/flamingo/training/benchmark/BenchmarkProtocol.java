package dev.flamingo.training.benchmark;

/**
 * How a benchmark is asked.
 *
 * @param shots examples before each item, 0 to 64
 * @param similar whether the examples are those whose media are most like the item's, the likest
 *     last, instead of any
 * @param orders in how many random orders the examples stand before candidates, whose likelihoods
 *     are then averaged; of 1 they stand as they were chosen
 * @param limit the most items; the first of the file are taken
 * @param support the most examples to choose from, drawn from the training part
 * @param seed which examples and orders
 */
public record BenchmarkProtocol(
    int shots, boolean similar, int orders, int limit, int support, long seed) {

  private static final int MOST_SHOTS = 64;
  private static final int MOST_ORDERS = 24;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range or there are no shots to choose
   */
  public BenchmarkProtocol {
    check("shots", shots, 0, MOST_SHOTS);
    check("orders", orders, 1, MOST_ORDERS);
    check("limit", limit, 1, Integer.MAX_VALUE);
    check("support", support, 1, Integer.MAX_VALUE);
    if (support < shots) {
      throw new IllegalArgumentException(
          "%d shots cannot be chosen from %d examples: take fewer, or a larger support"
              .formatted(shots, support));
    }
    if (shots == 0 && similar) {
      throw new IllegalArgumentException(
          "0 shots cannot be chosen by likeness: take one at least, or any");
    }
  }

  /** Returns a protocol of any examples and all items. */
  public static BenchmarkProtocol of(int shots, long seed) {
    return new BenchmarkProtocol(
        shots, /* similar= */ false, 1, Integer.MAX_VALUE, Integer.MAX_VALUE, seed);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s %d is not within %d and %d: take one of these".formatted(name, value, least, most));
    }
  }
}
