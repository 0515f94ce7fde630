package dev.flamingo.training.benchmark;

import java.util.List;

/**
 * An item with the examples before it.
 *
 * @param shots the examples, in their order
 * @param seen whether the examples show their media; zero shots are two examples of text alone
 * @param item what is asked
 */
public record Asked(List<BenchmarkItem> shots, boolean seen, BenchmarkItem item) {

  /** Copies the list. */
  public Asked {
    shots = List.copyOf(shots);
  }
}
