package dev.flamingo.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PrefetchTest {

  @Test
  void everyStepGetsItsBatchAndEachIsMadeOnce() {
    List<Integer> made = new CopyOnWriteArrayList<>();
    try (Prefetch<Integer> batches =
        new Prefetch<>(
            step -> {
              made.add(step);
              return 10 * step;
            })) {
      assertThat(IntStream.range(3, 8).map(batches::at)).containsExactly(30, 40, 50, 60, 70);
    }
    assertThat(made).containsExactly(3, 4, 5, 6, 7, 8);
  }

  @Test
  void closingWaitsForTheBatchUnderWayWithoutInterruptingIt() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    AtomicBoolean whole = new AtomicBoolean();
    Prefetch<Integer> batches =
        new Prefetch<>(
            step -> {
              if (step == 1) {
                begun.countDown();
                whole.set(waits(closing));
              }
              return step;
            });
    batches.at(0);
    assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
    Thread closer = new Thread(batches::close);
    closer.start();
    closing.countDown();
    closer.join();

    assertThat(whole).isTrue();
  }

  @Test
  void oneThatWasNeverUsedCloses() {
    new Prefetch<Integer>(step -> step).close();
  }

  @Test
  void aBatchThatFailsIsToldWhereItIsUsed() {
    try (Prefetch<Integer> batches =
        new Prefetch<>(
            step -> {
              throw new IllegalArgumentException("no batch " + step);
            })) {
      assertThatThrownBy(() -> batches.at(2)).hasRootCauseMessage("no batch 2");
    }
  }

  private static boolean waits(CountDownLatch latch) {
    try {
      return latch.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }
}
