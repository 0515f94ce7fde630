package dev.flamingo.standalone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;

/**
 * Lets everything that is compared take turns, so that a machine that grows slower or faster
 * meanwhile does so for all.
 *
 * @param count how often each has its turn, after a turn that warms up and does not count
 * @param progress gets every round, 0 for the warm-up
 */
record Rounds(int count, IntConsumer progress) {

  /** Returns the samples of every side, in the order of the sides. */
  <T> List<Samples<T>> alternate(List<? extends Callable<T>> sides) throws Exception {
    progress.accept(0);
    List<List<T>> samples = new ArrayList<>();
    for (Callable<T> side : sides) {
      side.call();
      samples.add(new ArrayList<>());
    }
    for (int round = 1; round <= count; round++) {
      progress.accept(round);
      for (int side = 0; side < sides.size(); side++) {
        samples.get(side).add(sides.get(side).call());
      }
    }
    return samples.stream().map(Samples::new).toList();
  }
}
