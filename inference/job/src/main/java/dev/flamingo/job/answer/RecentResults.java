package dev.flamingo.job.answer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What was worked out lately or is being worked out, so that it is done once however many ask for
 * it. What failed is tried again.
 *
 * @param <K> what tells results apart
 * @param <V> result
 */
final class RecentResults<K, V> {

  @GuardedBy("this")
  private final Map<K, CompletableFuture<V>> results;

  /**
   * Makes one without results.
   *
   * @param most how many are remembered
   */
  RecentResults(int most) {
    results =
        new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, CompletableFuture<V>> eldest) {
            return size() > most;
          }
        };
  }

  /** Returns the result that is known by the key, or begins to work it out. */
  synchronized CompletableFuture<V> get(K key, Supplier<CompletableFuture<V>> work) {
    CompletableFuture<V> known = results.get(key);
    if (known != null && !known.isCompletedExceptionally()) {
      return known;
    }
    CompletableFuture<V> fresh = work.get();
    results.put(key, fresh);
    return fresh;
  }
}
