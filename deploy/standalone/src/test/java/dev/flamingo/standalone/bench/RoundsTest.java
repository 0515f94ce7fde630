package dev.flamingo.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class RoundsTest {

  @Test
  void sidesTakeTurnsAfterTheyAreWarm() throws Exception {
    List<String> turns = new ArrayList<>();
    Callable<Integer> a = turn("a", turns);
    Callable<Integer> b = turn("b", turns);
    List<Samples<Integer>> samples =
        new Rounds(2, round -> turns.add("round " + round)).alternate(List.of(a, b));
    assertThat(turns)
        .containsExactly("round 0", "a", "b", "round 1", "a", "b", "round 2", "a", "b");
    assertThat(samples.get(0).values()).containsExactly(5, 8);
    assertThat(samples.get(1).values()).containsExactly(6, 9);
  }

  private static Callable<Integer> turn(String name, List<String> turns) {
    return () -> {
      turns.add(name);
      return turns.size();
    };
  }

  @Test
  void theMedianIsTheMiddleOrTheMeanOfTheTwoThere() {
    assertThat(new Samples<>(List.of(9.0, 1.0, 2.0)).median(Double::doubleValue)).isEqualTo(2);
    assertThat(new Samples<>(List.of(9.0, 1.0, 2.0, 4.0)).median(Double::doubleValue)).isEqualTo(3);
  }

  @Test
  void aTaskIsRepeatedUntilItWasTimedLongEnough() throws Exception {
    Deque<Long> ticks = new ArrayDeque<>(List.of(0L, 400_000_000L, 1_200_000_000L));
    List<String> runs = new ArrayList<>();
    Timed timed = new Timed(() -> runs.add("run"), Duration.ofSeconds(1), ticks::remove);
    assertThat(timed.call()).isEqualTo(0.6);
    assertThat(runs).hasSize(2);
  }
}
