package dev.flamingo.standalone.video;

import dev.flamingo.ingest.video.SampledFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The frames of a window, oldest first.
 *
 * @param live whether they are a camera's
 * @param frames at least one
 */
record FrameWindow(boolean live, List<SampledFrame> frames) {

  /** Copies the list. */
  FrameWindow {
    frames = List.copyOf(frames);
  }

  /** Returns when its frames were captured; those of a recording at their time since its start. */
  List<Instant> instants() {
    return frames.stream().map(this::instant).toList();
  }

  private Instant instant(SampledFrame frame) {
    return live ? frame.captureTime() : Instant.EPOCH.plus(Duration.ofMillis(frame.ptsMs()));
  }
}
