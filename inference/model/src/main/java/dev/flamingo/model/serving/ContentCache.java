package dev.flamingo.model.serving;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.ToLongBiFunction;

/**
 * What is computed from content, kept while there is room for it. Equal content is computed once,
 * also where several threads ask for it at the same time: the first computes, the others wait. What
 * was not asked for longest leaves first, but never what a call under way has asked for, since a
 * prompt that is asked again would then find none of its own; a general cache, which evicts by
 * weight alone, does not promise that. Safe for use by several threads.
 *
 * @param <K> content, told apart by {@code equals}
 * @param <V> what it becomes
 */
final class ContentCache<K, V> {

  /** Content whose hash, over thousands of numbers, is computed once. */
  private record Key<K>(K content, int hash) {

    static <K> Key<K> of(K content) {
      return new Key<>(content, content.hashCode());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key<?> key && hash == key.hash && content.equals(key.content);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private final long bytes;
  private final ToLongBiFunction<K, V> size;
  private final LongConsumer hits;

  @GuardedBy("this")
  private final Map<Key<K>, CompletableFuture<V>> entries =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  @GuardedBy("this")
  private long kept;

  /**
   * Makes a cache.
   *
   * @param bytes how much is kept; more only where a single call asks for more
   * @param size bytes of a value with its content
   * @param hits told how much was not computed because it was there or on its way
   */
  ContentCache(long bytes, ToLongBiFunction<K, V> size, LongConsumer hits) {
    this.bytes = bytes;
    this.size = size;
    this.hits = hits;
  }

  /**
   * Returns what contents become, in their order.
   *
   * @param compute makes the values of those that are missing, each named once, in their order;
   *     what it throws is thrown by this method, in every thread that waits for one of its values
   */
  List<V> get(List<K> contents, Function<List<K>, List<V>> compute) {
    List<CompletableFuture<V>> values = new ArrayList<>();
    Map<Key<K>, CompletableFuture<V>> missing = new LinkedHashMap<>();
    List<Key<K>> keys = contents.stream().map(Key::of).toList();
    synchronized (this) {
      for (Key<K> key : keys) {
        CompletableFuture<V> value = entries.get(key);
        if (value == null) {
          value = new CompletableFuture<>();
          entries.put(key, value);
          missing.put(key, value);
        }
        values.add(value);
      }
    }
    if (!missing.isEmpty()) {
      compute(missing, compute);
      evict(missing, new HashSet<>(keys));
    }
    hits.accept(values.size() - missing.size());
    return values.stream().map(ContentCache::await).toList();
  }

  /** Waits for a value; what failed to compute it is thrown as it was, and not as its own cause. */
  private static <V> V await(CompletableFuture<V> value) {
    try {
      return value.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void compute(
      Map<Key<K>, CompletableFuture<V>> missing, Function<List<K>, List<V>> compute) {
    try {
      Iterator<V> computed =
          compute.apply(missing.keySet().stream().map(Key::content).toList()).iterator();
      missing.values().forEach(value -> value.complete(computed.next()));
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        missing.forEach(entries::remove);
      }
      missing.values().forEach(value -> value.completeExceptionally(e));
      throw e;
    }
  }

  private synchronized void evict(Map<Key<K>, CompletableFuture<V>> added, Set<Key<K>> asked) {
    added.forEach((key, value) -> kept += size(key, value));
    Iterator<Map.Entry<Key<K>, CompletableFuture<V>>> eldest = entries.entrySet().iterator();
    while (kept > bytes && eldest.hasNext()) {
      Map.Entry<Key<K>, CompletableFuture<V>> entry = eldest.next();
      if (entry.getValue().isDone() && !asked.contains(entry.getKey())) {
        eldest.remove();
        kept -= size(entry.getKey(), entry.getValue());
      }
    }
  }

  private long size(Key<K> key, CompletableFuture<V> value) {
    return size.applyAsLong(key.content(), value.join());
  }
}
