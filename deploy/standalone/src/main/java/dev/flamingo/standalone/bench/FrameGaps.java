package dev.flamingo.standalone.bench;

import dev.flamingo.events.VisualTokenHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds frames that are in no window of their stream, whose windows follow one another without
 * overlap at a frame a second. Not thread-safe.
 */
final class FrameGaps {

  private static final double FRAME_MILLIS = 1_000;

  private final Map<String, Instant> lastFrames = new HashMap<>();

  /** Returns how many frames are missing in a window, and between it and the one before it. */
  long before(String stream, VisualTokenHeaders window) {
    Instant last = lastFrames.put(stream, window.to());
    long due = last == null ? 1 + seconds(window.from(), window.to()) : seconds(last, window.to());
    return Math.max(0, due - window.frames());
  }

  private static long seconds(Instant from, Instant to) {
    return Math.round(Duration.between(from, to).toMillis() / FRAME_MILLIS);
  }

  /** Forgets all windows. */
  void clear() {
    lastFrames.clear();
  }
}
