package dev.flamingo.training.corpus;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Counts what was read of a corpus, what was skipped, and why. An example that is tried again
 * counts again; what is left out when a corpus is opened, and pictures that are left out of a page,
 * count as faults but not as skipped. Safe for use by several threads.
 */
public final class CorpusHealth {

  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final Map<Fault, String> first = new EnumMap<>(Fault.class);
  private long read;
  private long skipped;

  CorpusHealth() {}

  /** Counts something that is left out. */
  synchronized void leftOut(Fault fault, String why) {
    faults.merge(fault, 1L, Long::sum);
    first.putIfAbsent(fault, why);
  }

  /** Counts an example that cannot be read, and returns what to throw. */
  synchronized UnreadableException skipped(Fault fault, String why) {
    leftOut(fault, why);
    skipped++;
    return new UnreadableException(fault, why);
  }

  /** Counts an example that was read, and returns it. */
  synchronized Example read(Example example) {
    read++;
    return example;
  }

  /** Returns how often an example was read. */
  public synchronized long read() {
    return read;
  }

  /** Returns how often an example could not be read. */
  public synchronized long skipped() {
    return skipped;
  }

  /** Returns how often something had a fault. */
  public synchronized long count(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  /** Returns what was wrong when a fault was met for the first time. */
  public synchronized Optional<String> why(Fault fault) {
    return Optional.ofNullable(first.get(fault));
  }

  /**
   * Returns everything in one line: {@code 90 read, 2 skipped; damaged media: 2 (0001.jpg cannot be
   * read: it is no picture)}.
   */
  public synchronized String summary() {
    String counts = "%d read, %d skipped".formatted(read, skipped);
    if (faults.isEmpty()) {
      return counts;
    }
    return faults.entrySet().stream()
        .map(
            fault ->
                "%s: %d (%s)"
                    .formatted(fault.getKey().label(), fault.getValue(), first.get(fault.getKey())))
        .collect(Collectors.joining("; ", counts + "; ", ""));
  }
}
