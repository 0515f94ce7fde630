package dev.flamingo.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusSamplerTest {

  /** Numbers as texts, some of which cannot be read. */
  private record Numbers(int size, Set<Integer> unreadable, CorpusHealth health) implements Corpus {

    Numbers(int size, Integer... unreadable) {
      this(size, Set.of(unreadable), new CorpusHealth());
    }

    @Override
    public Example read(int number) throws UnreadableException {
      if (unreadable.contains(number)) {
        throw health.skipped(Fault.DAMAGED_MEDIUM, number + " is damaged");
      }
      return health.read(new Example(List.of(new Example.Text(Integer.toString(number)))));
    }
  }

  private static List<Integer> batch(CorpusSampler sampler, int step) throws Exception {
    return sampler.batch(step).stream()
        .map(example -> ((Example.Text) example.parts().get(0)).text())
        .map(Integer::valueOf)
        .toList();
  }

  private static List<Integer> batches(CorpusSampler sampler, int from, int to) throws Exception {
    List<Integer> all = new ArrayList<>();
    for (int step = from; step < to; step++) {
      all.addAll(batch(sampler, step));
    }
    return all;
  }

  @Test
  void everyExampleComesOnceInEveryEpoch() throws Exception {
    CorpusSampler sampler = new CorpusSampler(new Numbers(30), 1, 5);
    Integer[] all = IntStream.range(0, 30).boxed().toArray(Integer[]::new);
    List<Integer> first = batches(sampler, 0, 6);
    List<Integer> second = batches(sampler, 6, 12);
    assertThat(first).containsExactlyInAnyOrder(all).isNotEqualTo(List.of(all));
    assertThat(second).containsExactlyInAnyOrder(all).isNotEqualTo(first);
  }

  @Test
  void anEpochMayEndInsideABatch() throws Exception {
    CorpusSampler sampler = new CorpusSampler(new Numbers(7), 1, 5);
    List<Integer> all = batches(sampler, 0, 7);
    for (int epoch = 0; epoch < 5; epoch++) {
      assertThat(new HashSet<>(all.subList(7 * epoch, 7 * epoch + 7))).hasSize(7);
    }
    assertThat(new CorpusSampler(new Numbers(1), 1, 3).batch(9)).hasSize(3);
  }

  @Test
  void aStepIsTheSameInEveryRunAndDiffersByTheSeed() throws Exception {
    Numbers corpus = new Numbers(1000);
    List<Integer> batch = batch(new CorpusSampler(corpus, 3, 16), 40);
    assertThat(batch(new CorpusSampler(corpus, 3, 16), 40)).isEqualTo(batch);
    assertThat(batch(new CorpusSampler(corpus, 4, 16), 40)).isNotEqualTo(batch);
    assertThat(batch(new CorpusSampler(corpus, 3, 16), Integer.MAX_VALUE)).hasSize(16);
  }

  @Test
  void whatCannotBeReadIsReplacedByTheNextInOrder() throws Exception {
    List<Integer> order = batches(new CorpusSampler(new Numbers(20), 1, 5), 0, 4);
    Numbers corpus = new Numbers(20, order.get(1), order.get(2), order.get(7));
    CorpusSampler sampler = new CorpusSampler(corpus, 1, 5);
    assertThat(batch(sampler, 0))
        .containsExactly(order.get(0), order.get(3), order.get(4), order.get(5), order.get(6));
    assertThat(corpus.health().summary())
        .isEqualTo("5 read, 2 skipped; damaged media: 2 (%d is damaged)", order.get(1));
    assertThat(batch(sampler, 1))
        .containsExactly(order.get(5), order.get(6), order.get(8), order.get(9), order.get(10));
  }

  @Test
  void oneReadableExampleIsFound() throws Exception {
    Integer[] others = IntStream.range(1, 50).boxed().toArray(Integer[]::new);
    CorpusSampler sampler = new CorpusSampler(new Numbers(50, others), 1, 2);
    for (int step = 0; step < 50; step++) {
      assertThat(batch(sampler, step)).containsExactly(0, 0);
    }
  }

  @Test
  void aCorpusOfWhichNothingCanBeReadEndsInOneSentence() {
    CorpusSampler sampler = new CorpusSampler(new Numbers(3, 0, 1, 2), 1, 2);
    assertThatThrownBy(() -> sampler.batch(0))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "none of 6 examples in a row can be read: the last since \\d is damaged");
    Integer[] all = IntStream.range(0, 20_000).boxed().toArray(Integer[]::new);
    assertThatThrownBy(() -> new CorpusSampler(new Numbers(20_000, all), 1, 2).batch(0))
        .hasMessageStartingWith("none of 10000 examples");
  }

  @Test
  void anEmptyBatchIsRefused() {
    assertThatThrownBy(() -> new CorpusSampler(new Numbers(3), 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a batch has an example or more, but got 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16, 17, 1000, 65_536, 65_537})
  void anOrderHasEveryNumberOnce(int size) {
    ShuffledOrder order = new ShuffledOrder(size, 7);
    boolean[] seen = new boolean[size];
    for (int place = 0; place < size; place++) {
      int number = order.at(place);
      assertThat(seen[number]).isFalse();
      seen[number] = true;
    }
  }

  @Test
  void anOrderIsShuffledAndKeepsToTheLargestCorpora() {
    ShuffledOrder order = new ShuffledOrder(1000, 7);
    assertThat(IntStream.range(0, 1000).filter(place -> order.at(place) == place).count())
        .isLessThan(10);
    assertThat(IntStream.range(1, 1000).filter(i -> order.at(i) == order.at(i - 1) + 1).count())
        .isLessThan(10);
    ShuffledOrder huge = new ShuffledOrder(Integer.MAX_VALUE, 7);
    for (int place = 0; place < 1000; place++) {
      assertThat(huge.at(Integer.MAX_VALUE - 1 - place)).isBetween(0, Integer.MAX_VALUE - 1);
    }
  }
}
