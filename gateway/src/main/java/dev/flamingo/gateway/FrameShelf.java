package dev.flamingo.gateway;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The last frames of every stream, in memory. Used from one thread. */
final class FrameShelf {

  private static final int FRAMES = 64;
  private static final int STREAMS = 500;

  private final Map<String, NavigableMap<Long, byte[]>> frames =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, NavigableMap<Long, byte[]>> eldest) {
          return size() > STREAMS;
        }
      };

  void add(ConsumerRecord<String, byte[]> frame) {
    NavigableMap<Long, byte[]> stream = frames.computeIfAbsent(frame.key(), key -> new TreeMap<>());
    stream.put(frame.timestamp(), frame.value());
    if (stream.size() > FRAMES) {
      stream.pollFirstEntry();
    }
  }

  Optional<byte[]> newest(String stream) {
    NavigableMap<Long, byte[]> known = frames.get(stream);
    return known == null ? Optional.empty() : Optional.of(known.lastEntry().getValue());
  }

  /**
   * The capture instants between which frames of a stream are kept.
   *
   * @param from of the oldest frame
   * @param to of the newest one
   */
  record Span(Instant from, Instant to) {}

  /** Returns what is kept of a stream; empty when there is no frame. */
  Optional<Span> span(String stream) {
    NavigableMap<Long, byte[]> known = frames.get(stream);
    return known == null
        ? Optional.empty()
        : Optional.of(
            new Span(
                Instant.ofEpochMilli(known.firstKey()), Instant.ofEpochMilli(known.lastKey())));
  }

  /** Returns the frame that was captured at a moment. */
  Optional<byte[]> at(String stream, Instant moment) {
    NavigableMap<Long, byte[]> known = frames.get(stream);
    return known == null ? Optional.empty() : Optional.ofNullable(known.get(moment.toEpochMilli()));
  }
}
