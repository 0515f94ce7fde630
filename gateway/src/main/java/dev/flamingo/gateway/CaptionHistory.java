package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The last captions of one stream, by their numbers; bounded in number and in bytes. */
final class CaptionHistory {

  private static final int MOST = 100;
  private static final int MOST_BYTES = 1 << 20;

  private final NavigableMap<Long, Sized> captions = new TreeMap<>();
  private int bytes;

  private record Sized(ObjectNode event, int bytes) {}

  /** Adds the newest one. */
  CaptionHistory add(long seq, ObjectNode event, int size) {
    captions.put(seq, new Sized(event, size));
    bytes += size;
    while (captions.size() > MOST || (bytes > MOST_BYTES && captions.size() > 1)) {
      bytes -= captions.pollFirstEntry().getValue().bytes();
    }
    return this;
  }

  /** Returns the first one behind a number. */
  Optional<ObjectNode> after(long seq) {
    return Optional.ofNullable(captions.higherEntry(seq))
        .map(Map.Entry::getValue)
        .map(Sized::event);
  }

  int bytes() {
    return bytes;
  }
}
