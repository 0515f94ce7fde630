package dev.flamingo.standalone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Lets everything that is compared take turns, so that a machine that grows slower or faster
 * meanwhile does so for all.
 *
 * @param count how often each has its turn, after a turn that warms up and does not count
 */
record Rounds(int count) {

  /** Returns the samples of every side, in the order of the sides. */
  <T> List<Samples<T>> alternate(List<? extends Callable<T>> sides) throws Exception {
    List<List<T>> samples = new ArrayList<>();
    for (Callable<T> side : sides) {
      side.call();
      samples.add(new ArrayList<>());
    }
    for (int round = 0; round < count; round++) {
      for (int side = 0; side < sides.size(); side++) {
        samples.get(side).add(sides.get(side).call());
      }
    }
    return samples.stream().map(Samples::new).toList();
  }
}
