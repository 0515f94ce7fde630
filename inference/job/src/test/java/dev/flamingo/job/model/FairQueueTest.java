package dev.flamingo.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FairQueueTest {

  private final FairQueue<String> queue = new FairQueue<>(5);

  @Test
  void streamsTakeTurnsAndWithinOneItIsFirstComeFirstServed() {
    for (String name : List.of("a1", "a2", "a3", "b1", "b2")) {
      assertThat(offer(name)).isNull();
    }
    assertThat(drain()).containsExactly("a1", "b1", "a2", "b2", "a3");
    assertThat(queue.poll()).isNull();
  }

  @Test
  void whoHadATurnIsBehindAllOthers() {
    offer("a1");
    offer("a2");
    assertThat(queue.poll()).isEqualTo("a1");
    offer("b1");
    offer("c1");
    assertThat(drain()).containsExactly("a2", "b1", "c1");
  }

  @Test
  void whereItIsFullTheLastOfTheLongestLineLeaves() {
    for (String name : List.of("a1", "a2", "a3", "b1", "b2")) {
      offer(name);
    }
    assertThat(offer("a4")).isEqualTo("a4");
    assertThat(offer("c1")).isEqualTo("a3");
    assertThat(offer("c2")).isEqualTo("c2");
    assertThat(queue.size()).isEqualTo(5);
    assertThat(drain()).containsExactly("a1", "b1", "c1", "a2", "b2");
  }

  @Test
  void aNewStreamIsRefusedWhereEveryOtherHoldsOnePlace() {
    for (String name : List.of("a1", "b1", "c1", "d1", "e1")) {
      offer(name);
    }
    assertThat(offer("f1")).isEqualTo("f1");
    assertThat(drain()).hasSize(5);
  }

  @Test
  void thoseAheadOfANewcomerAreCountedTurnByTurn() {
    for (String name : List.of("a1", "a2", "a3", "b1")) {
      offer(name);
    }
    assertThat(queue.ahead("c")).isEqualTo(2);
    assertThat(queue.ahead("b")).isEqualTo(3);
    assertThat(queue.ahead("a")).isEqualTo(4);
  }

  @Test
  void whoLeavesMakesRoom() {
    for (String name : List.of("a1", "a2", "a3", "b1", "b2")) {
      offer(name);
    }
    assertThat(queue.isFull()).isTrue();
    queue.removeIf(name -> name.startsWith("b"));
    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.isFull()).isFalse();
    assertThat(drain()).containsExactly("a1", "a2", "a3");
  }

  private @Nullable String offer(String name) {
    return queue.offer(name.substring(0, 1), name);
  }

  private List<String> drain() {
    List<String> all = new ArrayList<>();
    for (String next = queue.poll(); next != null; next = queue.poll()) {
      all.add(next);
    }
    return all;
  }
}
