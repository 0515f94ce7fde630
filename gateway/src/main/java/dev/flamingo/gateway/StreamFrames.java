package dev.flamingo.gateway;

import dev.flamingo.events.CaptureClock;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last pictures of one stream, by capture time; at least one once there was one. When a
 * camera's clock is put back, those of the time ahead are forgotten.
 */
final class StreamFrames {

  private static final int MOST_BYTES = 4 << 20;
  private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final NavigableMap<Long, byte[]> frames = new TreeMap<>();
  private final int most;
  private int bytes;

  /**
   * Makes an empty one.
   *
   * @param most pictures that are kept
   */
  StreamFrames(int most) {
    this.most = most;
  }

  /**
   * Adds a frame.
   *
   * @param millis when it was captured
   */
  StreamFrames add(long millis, byte[] jpeg) {
    if (!frames.isEmpty() && CaptureClock.wasPutBack(frames.lastKey(), millis)) {
      // Else the picture of a clock that ran ahead would be the newest until time has caught up.
      NavigableMap<Long, byte[]> ahead = frames.tailMap(millis, /* inclusive= */ false);
      bytes -= ahead.values().stream().mapToInt(frame -> frame.length).sum();
      ahead.clear();
    }
    byte[] before = frames.put(millis, jpeg);
    bytes += jpeg.length - (before == null ? 0 : before.length);
    while (frames.size() > most || (bytes > MOST_BYTES && frames.size() > 1)) {
      bytes -= frames.pollFirstEntry().getValue().length;
    }
    return this;
  }

  int bytes() {
    return bytes;
  }

  FrameShelf.Span span() {
    return new FrameShelf.Span(
        Instant.ofEpochMilli(frames.firstKey()), Instant.ofEpochMilli(frames.lastKey()));
  }

  byte[] newest() {
    return frames.lastEntry().getValue();
  }

  Optional<byte[]> at(Instant moment) {
    boolean counted = !moment.isBefore(EARLIEST) && !moment.isAfter(LATEST);
    return counted ? Optional.ofNullable(frames.get(moment.toEpochMilli())) : Optional.empty();
  }
}
