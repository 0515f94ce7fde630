package dev.flamingo.training.run;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/**
 * Prepares the next step's batch while the engine works on this one.
 *
 * @param <T> the batch
 */
public final class Prefetch<T> implements AutoCloseable {

  private final IntFunction<T> batches;
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private int nextStep = -1;
  private CompletableFuture<T> next = new CompletableFuture<>();

  /**
   * Prepares to make batches.
   *
   * @param batches makes the batch of a step, on a thread of its own
   */
  public Prefetch(IntFunction<T> batches) {
    this.batches = batches;
  }

  /** Returns the batch of a step and has the next one made. */
  public T at(int step) {
    CompletableFuture<T> now = step == nextStep ? next : load(step);
    nextStep = step + 1;
    T batch = now.join();
    next = load(nextStep);
    return batch;
  }

  private CompletableFuture<T> load(int step) {
    return CompletableFuture.supplyAsync(() -> batches.apply(step), executor);
  }

  /** Waits for a batch under way: it may use what its owner closes next. */
  @Override
  public void close() {
    CompletableFuture<Void> idle = CompletableFuture.runAsync(() -> {}, executor);
    executor.shutdown();
    idle.join();
  }
}
