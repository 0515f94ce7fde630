package dev.flamingo.job.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait: streams take turns, and within a stream it is first come, first served. Bounded
 * over all streams; where it is full, the stream that holds most of it gives way. Not safe for use
 * by several threads.
 *
 * @param <T> who waits
 */
final class FairQueue<T> {

  private final int capacity;

  /** In the order of their next turns. */
  private final Map<String, Deque<T>> streams = new LinkedHashMap<>();

  private int size;

  FairQueue(int capacity) {
    this.capacity = capacity;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size >= capacity;
  }

  /**
   * Puts somebody last in the line of a stream.
   *
   * @return who has no place now: nobody, the newcomer, or the last of a stream that holds more
   */
  @Nullable T offer(String stream, T newcomer) {
    Deque<T> line = streams.computeIfAbsent(stream, name -> new ArrayDeque<>());
    line.addLast(newcomer);
    if (!isFull()) {
      size++;
      return null;
    }
    String longest = stream;
    int most = line.size();
    for (Map.Entry<String, Deque<T>> other : streams.entrySet()) {
      if (other.getValue().size() > most) {
        most = other.getValue().size();
        longest = other.getKey();
      }
    }
    Deque<T> givingWay = streams.getOrDefault(longest, line);
    T last = givingWay.removeLast();
    if (givingWay.isEmpty()) {
      streams.remove(longest);
    }
    return last;
  }

  /** Takes whose turn it is, or null where nobody waits. */
  @Nullable T poll() {
    Iterator<Map.Entry<String, Deque<T>>> turns = streams.entrySet().iterator();
    if (!turns.hasNext()) {
      return null;
    }
    Map.Entry<String, Deque<T>> turn = turns.next();
    String stream = turn.getKey();
    Deque<T> line = turn.getValue();
    turns.remove();
    T first = line.removeFirst();
    if (!line.isEmpty()) {
      streams.put(stream, line);
    }
    size--;
    return first;
  }

  /** Returns how many at most would have their turn before a newcomer of a stream. */
  int ahead(String stream) {
    Deque<T> line = streams.get(stream);
    int own = line == null ? 0 : line.size();
    int ahead = own;
    for (Map.Entry<String, Deque<T>> other : streams.entrySet()) {
      if (!other.getKey().equals(stream)) {
        ahead += Math.min(other.getValue().size(), own + 1);
      }
    }
    return ahead;
  }

  /** Lets those go who have no reason to wait any more. */
  void removeIf(Predicate<T> gone) {
    streams.values().forEach(line -> line.removeIf(gone));
    streams.values().removeIf(Deque::isEmpty);
    size = streams.values().stream().mapToInt(Deque::size).sum();
  }
}
