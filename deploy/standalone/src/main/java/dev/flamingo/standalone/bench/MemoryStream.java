package dev.flamingo.standalone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads a large array from one end to the other on several threads: what memory gives. Used from
 * one thread.
 */
final class MemoryStream implements AutoCloseable, Task {

  private final List<long[]> parts = new ArrayList<>();
  private final ExecutorService readers;
  private long sum;

  /**
   * Fills the array.
   *
   * @param bytes much more than the processor's caches hold
   * @param threads that read a part each
   */
  MemoryStream(long bytes, int threads) {
    for (int i = 0; i < threads; i++) {
      long[] part = new long[Math.toIntExact(bytes / Long.BYTES / threads)];
      // Written to, or all of it would be the same page of zeroes.
      for (int k = 0; k < part.length; k++) {
        part[k] = k;
      }
      parts.add(part);
    }
    readers = Executors.newFixedThreadPool(threads);
  }

  /** Returns the bytes that a run reads. */
  long bytes() {
    return parts.stream().mapToLong(part -> (long) part.length * Long.BYTES).sum();
  }

  /** Returns what all reading came to; asking for it keeps the reading from being left out. */
  long sum() {
    return sum;
  }

  @Override
  public void run() throws Exception {
    List<Callable<Long>> reads = new ArrayList<>();
    for (long[] part : parts) {
      reads.add(() -> sum(part));
    }
    for (Future<Long> read : readers.invokeAll(reads)) {
      sum += read.get();
    }
  }

  // Four sums side by side: one alone would wait for its own last addition.
  private static long sum(long[] part) {
    long first = 0;
    long second = 0;
    long third = 0;
    long fourth = 0;
    for (int i = 0; i + 3 < part.length; i += 4) {
      first += part[i];
      second += part[i + 1];
      third += part[i + 2];
      fourth += part[i + 3];
    }
    return first + second + third + fourth;
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }
}
