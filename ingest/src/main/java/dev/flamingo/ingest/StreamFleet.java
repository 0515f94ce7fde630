package dev.flamingo.ingest;

import dev.flamingo.events.StreamState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams that run in this process: exactly those that it owns and that are enabled. Told by
 * one thread, asked by any.
 */
final class StreamFleet implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamFleet.class);

  private final SourceOpener sources;
  private final Function<String, StreamOutlet> outlets;
  private final Supplier<Backoff> backoffs;
  private final Map<String, StreamRunner> running = new ConcurrentHashMap<>();
  private final Map<String, StreamOutlet> known = new HashMap<>();
  private final Map<String, RegistryEntry> idle = new HashMap<>();
  private boolean closed;

  /**
   * A fleet without streams.
   *
   * @param sources opens addresses
   * @param outlets where a stream's pictures and states go, by stream id
   * @param backoffs a fresh one for every stream
   */
  StreamFleet(
      SourceOpener sources, Function<String, StreamOutlet> outlets, Supplier<Backoff> backoffs) {
    this.sources = sources;
    this.outlets = outlets;
    this.backoffs = backoffs;
  }

  /**
   * From now on this process owns these streams and no others: starts, restarts and stops what that
   * takes.
   *
   * @param own registry entries by stream id
   */
  synchronized void own(Map<String, RegistryEntry> own) {
    List<StreamRunner> leaving = new ArrayList<>();
    running.forEach(
        (stream, runner) -> {
          RegistryEntry entry = own.get(stream);
          if (entry == null || !entry.runs() || !entry.equals(runner.entry())) {
            leaving.add(runner);
            running.remove(stream);
          }
        });
    stop(leaving);
    idle.keySet().retainAll(own.keySet());
    known.keySet().retainAll(own.keySet());
    if (!closed) {
      own.forEach(this::settle);
    }
  }

  private void settle(String stream, RegistryEntry entry) {
    if (entry.runs()) {
      idle.remove(stream);
      running.computeIfAbsent(stream, id -> start(id, entry));
    } else if (!entry.equals(idle.put(stream, entry))) {
      StreamOutlet outlet = outlet(stream);
      if (entry.problem().isEmpty()) {
        outlet.status(StreamState.ENDED, "disabled in the registry");
      } else {
        outlet.status(StreamState.FAILED, entry.problem());
      }
    }
  }

  private StreamRunner start(String stream, RegistryEntry entry) {
    StreamRunner runner = new StreamRunner(stream, entry, sources, outlet(stream), backoffs.get());
    runner.start();
    return runner;
  }

  /** A stream is no more: stops it and forgets its state. */
  synchronized void forget(String stream) {
    StreamRunner runner = running.remove(stream);
    if (runner != null) {
      stop(List.of(runner));
    }
    idle.remove(stream);
    outlet(stream).forget();
    known.remove(stream);
  }

  /** One for the life of the stream here, so that its states arrive in order. */
  private StreamOutlet outlet(String stream) {
    return known.computeIfAbsent(stream, outlets);
  }

  /** What the streams here have done, by stream id. */
  Map<String, StreamCounters> counters() {
    Map<String, StreamCounters> counters = new TreeMap<>();
    running.forEach((stream, runner) -> counters.put(stream, runner.counters()));
    return counters;
  }

  /** Told first, awaited afterwards: many streams stop in the time of the slowest. */
  private static void stop(Collection<StreamRunner> runners) {
    runners.forEach(StreamRunner::stop);
    for (StreamRunner runner : runners) {
      LOG.info("stream {} stops here", runner.stream());
      runner.close();
    }
  }

  /** Stops every stream; later calls start none. */
  @Override
  public synchronized void close() {
    closed = true;
    stop(running.values());
    running.clear();
  }
}
