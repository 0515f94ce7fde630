package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContentCacheTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong hits = new AtomicLong();
  private final List<String> computed = new ArrayList<>();
  private final ContentCache<String, Integer> lengths =
      new ContentCache<>(10, (text, length) -> length, hits::addAndGet);

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void everyContentOfACallIsComputedOnce() {
    assertThat(get("a", "bb", "a", "bb")).containsExactly(1, 2, 1, 2);
    assertThat(computed).containsExactly("a", "bb");
    assertThat(hits).hasValue(2);
  }

  @Test
  void whatWasNotAskedForLongestLeavesFirst() {
    get("aaaa");
    get("bbb");
    get("aaaa");
    get("cccc");
    computed.clear();

    get("aaaa", "cccc");
    assertThat(computed).isEmpty();
    get("bbb");
    assertThat(computed).containsExactly("bbb");
  }

  @Test
  void whatACallAsksForStaysThoughItIsTooMuch() {
    get("aaaaaaaa", "bbbbbbbb");
    get("aaaaaaaa", "bbbbbbbb");
    assertThat(computed).hasSize(2);

    get("c");
    get("bbbbbbbb");
    assertThat(computed).hasSize(3);
    get("aaaaaaaa");
    assertThat(computed).hasSize(4);
  }

  @Test
  void whatFailsIsForgotten() {
    assertThatThrownBy(
            () ->
                lengths.get(
                    List.of("a"),
                    missing -> {
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(get("a")).containsExactly(1);
  }

  @Test
  void whoWaitsForWhatFailsGetsTheSameException() throws Exception {
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Future<List<Integer>> first =
        threads.submit(
            () ->
                lengths.get(
                    List.of("a"),
                    missing -> {
                      computing.countDown();
                      awaitUninterruptibly(goOn);
                      throw new IllegalStateException("no");
                    }));
    computing.await();
    AtomicReference<Thread> waiter = new AtomicReference<>();
    Future<List<Integer>> second =
        threads.submit(
            () -> {
              waiter.set(Thread.currentThread());
              return get("a");
            });
    await().until(() -> waiter.get() != null && waiter.get().getState() == Thread.State.WAITING);
    goOn.countDown();

    for (Future<List<Integer>> failed : List.of(first, second)) {
      assertThatThrownBy(failed::get)
          .hasCauseExactlyInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("no");
    }
    assertThat(get("a")).containsExactly(1);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Integer> get(String... contents) {
    return lengths.get(
        List.of(contents),
        missing -> {
          computed.addAll(missing);
          return missing.stream().map(String::length).toList();
        });
  }
}
