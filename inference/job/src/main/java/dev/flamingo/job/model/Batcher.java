package dev.flamingo.job.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Gathers single requests of many callers into batches and does them on one thread of its own.
 * Requests whose future is completed by somebody else before their turn are left out. If a batch
 * fails, each of its requests is tried alone, so that one poisonous request fails alone.
 *
 * @param <T> request
 * @param <R> result
 */
public final class Batcher<T, R> implements AutoCloseable {

  private static final long IDLE_MILLIS = 50;

  private record Waiting<T, R>(T request, CompletableFuture<R> future) {}

  private final BatchLimits limits;
  private final Function<List<T>, List<R>> work;
  private final LongSupplier nanoTime;
  private final BlockingQueue<Waiting<T, R>> queue;
  private final LongAdder batches = new LongAdder();
  private final LongAdder requests = new LongAdder();
  private final ModelThread thread;
  private volatile boolean closed;

  /**
   * Makes a batcher and starts its thread.
   *
   * @param name of the thread
   * @param work does a batch: as many results as requests, in their order
   * @param nanoTime nanoseconds since any moment
   */
  public Batcher(
      String name, BatchLimits limits, Function<List<T>, List<R>> work, LongSupplier nanoTime) {
    this.limits = limits;
    this.work = work;
    this.nanoTime = nanoTime;
    queue = new ArrayBlockingQueue<>(limits.waiting());
    thread = new ModelThread(name, this::run);
    thread.start();
  }

  /**
   * Puts a request in the queue.
   *
   * @return fails with {@link RejectedExecutionException} where the queue is full or closed
   */
  public CompletableFuture<R> submit(T request) {
    CompletableFuture<R> future = new CompletableFuture<>();
    submit(request, future);
    return future;
  }

  /** The same for a future that the caller made, and may complete to withdraw the request. */
  public void submit(T request, CompletableFuture<R> future) {
    if (!closed && !queue.offer(new Waiting<>(request, future))) {
      refuse(future, "%s: %d requests are waiting already".formatted(thread.name(), queue.size()));
    } else if (closed) {
      refuse(future, closedReason());
      abandon();
    }
  }

  /** Returns the limits. */
  public BatchLimits limits() {
    return limits;
  }

  /** Returns the number of requests that wait. */
  public int waiting() {
    return queue.size();
  }

  /** Returns the number of batches done so far. */
  public long batches() {
    return batches.sum();
  }

  /** Returns the number of requests done so far. */
  public long requests() {
    return requests.sum();
  }

  private void run() {
    try {
      while (!closed) {
        List<Waiting<T, R>> batch = gather();
        batch.removeIf(waiting -> waiting.future().isDone());
        if (!batch.isEmpty()) {
          perform(batch);
          batches.increment();
          requests.add(batch.size());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      abandon();
    }
  }

  private List<Waiting<T, R>> gather() throws InterruptedException {
    List<Waiting<T, R>> batch = new ArrayList<>();
    // Not interrupted when closed: an interrupt could reach into the batch under way.
    Waiting<T, R> first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    if (first == null) {
      return batch;
    }
    batch.add(first);
    queue.drainTo(batch, limits.size() - 1);
    long end = nanoTime.getAsLong() + limits.linger().toNanos();
    while (batch.size() < limits.size()) {
      long left = end - nanoTime.getAsLong();
      Waiting<T, R> next = left <= 0 ? queue.poll() : queue.poll(left, TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      batch.add(next);
    }
    return batch;
  }

  private void perform(List<Waiting<T, R>> batch) {
    try {
      List<R> results = work.apply(batch.stream().map(Waiting::request).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).future().complete(results.get(i));
      }
    } catch (RuntimeException | Error e) {
      // Errors as well: without this thread every request would be refused.
      if (batch.size() == 1 || closed) {
        batch.forEach(waiting -> waiting.future().completeExceptionally(e));
      } else {
        batch.forEach(waiting -> perform(List.of(waiting)));
      }
    }
  }

  private void abandon() {
    List<Waiting<T, R>> left = new ArrayList<>();
    queue.drainTo(left);
    left.forEach(waiting -> refuse(waiting.future(), closedReason()));
  }

  private String closedReason() {
    return thread.name() + " is closed";
  }

  private void refuse(CompletableFuture<R> future, String reason) {
    future.completeExceptionally(new RejectedExecutionException(reason));
  }

  /** Refuses what waits, and returns when the batch under way has ended. */
  @Override
  public void close() {
    closed = true;
    thread.close();
  }
}
