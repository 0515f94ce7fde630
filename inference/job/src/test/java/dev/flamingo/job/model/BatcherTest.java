package dev.flamingo.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class BatcherTest {

  private final List<Integer> sizes = new CopyOnWriteArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Test
  void whatComesWhileABatchIsDoneBecomesTheNextBatch() throws Exception {
    try (Batcher<Integer, Integer> batcher = batcher(new BatchLimits(3, Duration.ZERO, 8))) {
      CompletableFuture<Integer> first = batcher.submit(1);
      started.await();
      List<CompletableFuture<Integer>> others = new ArrayList<>();
      for (int i = 2; i <= 6; i++) {
        others.add(batcher.submit(i));
      }
      goOn.countDown();

      assertThat(first.get()).isEqualTo(10);
      for (int i = 2; i <= 6; i++) {
        assertThat(others.get(i - 2).get()).isEqualTo(10 * i);
      }
      assertThat(sizes).containsExactly(1, 3, 2);
    }
  }

  @Test
  void whatIsWithdrawnIsLeftOutAndWhatIsTooMuchRefused() throws Exception {
    try (Batcher<Integer, Integer> batcher = batcher(new BatchLimits(8, Duration.ZERO, 2))) {
      CompletableFuture<Integer> first = batcher.submit(1);
      started.await();
      CompletableFuture<Integer> withdrawn = batcher.submit(2);
      CompletableFuture<Integer> kept = batcher.submit(3);
      CompletableFuture<Integer> refused = batcher.submit(4);
      withdrawn.cancel(false);
      goOn.countDown();

      assertThat(first.get() + kept.get()).isEqualTo(40);
      assertThat(sizes).containsExactly(1, 1);
      assertThatThrownBy(refused::get).hasCauseInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  void aRequestThatFailsDoesSoAlone() throws Exception {
    goOn.countDown();
    try (Batcher<Integer, Integer> batcher =
        batcher(new BatchLimits(3, Duration.ofSeconds(20), 8))) {
      CompletableFuture<Integer> before = batcher.submit(1);
      CompletableFuture<Integer> poison = batcher.submit(-1);
      CompletableFuture<Integer> after = batcher.submit(2);

      assertThat(before.get() + after.get()).isEqualTo(30);
      assertThatThrownBy(poison::get).hasCauseInstanceOf(IllegalStateException.class);
      assertThat(sizes).containsExactly(3, 1, 1, 1);
    }
  }

  @Test
  void anErrorFailsItsRequestAndNotTheThread() throws Exception {
    try (Batcher<Integer, Integer> batcher =
        new Batcher<>(
            "test",
            new BatchLimits(1, Duration.ZERO, 10),
            numbers -> {
              if (numbers.get(0) < 0) {
                throw new AssertionError("negative");
              }
              return numbers;
            },
            System::nanoTime)) {
      assertThatThrownBy(batcher.submit(-1)::get).hasCauseInstanceOf(AssertionError.class);
      assertThat(batcher.submit(1).get()).isEqualTo(1);
    }
  }

  @Test
  void closingRefusesWhatWaits() throws Exception {
    Batcher<Integer, Integer> batcher = batcher(new BatchLimits(1, Duration.ZERO, 8));
    CompletableFuture<Integer> first = batcher.submit(1);
    started.await();
    CompletableFuture<Integer> waiting = batcher.submit(2);
    Thread closing = new Thread(batcher::close);
    closing.start();
    await().until(() -> Refusal.of(batcher.submit(3)).contains("is closed"));
    goOn.countDown();
    closing.join();

    assertThat(first.get()).isEqualTo(10);
    assertThatThrownBy(waiting::get).hasCauseInstanceOf(RejectedExecutionException.class);
  }

  private Batcher<Integer, Integer> batcher(BatchLimits limits) {
    return new Batcher<>("test", limits, this::tenfold, System::nanoTime);
  }

  private List<Integer> tenfold(List<Integer> numbers) {
    sizes.add(numbers.size());
    started.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (numbers.contains(-1)) {
      throw new IllegalStateException("poison");
    }
    return numbers.stream().map(number -> 10 * number).toList();
  }
}
