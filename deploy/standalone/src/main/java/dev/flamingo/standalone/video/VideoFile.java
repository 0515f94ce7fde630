package dev.flamingo.standalone.video;

import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.FrameSourceOptions;
import dev.flamingo.ingest.video.FrameSources;
import dev.flamingo.ingest.video.SampledFrame;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads windows out of a video, as fast as it can be decoded; every frame is encoded once. */
final class VideoFile {

  private final FlamingoEngine engine;
  private final String uri;

  VideoFile(FlamingoEngine engine, String uri) {
    this.engine = engine;
    this.uri = uri;
  }

  private record Seen(Instant at, FrameFeatures features) {}

  /** Hands over one window after another without overlap, the last perhaps shorter. */
  void windows(Consumer<FileWindow> receiver) throws IOException, InterruptedException {
    int length = engine.bundle().architecture().windowFrames();
    List<Seen> window = new ArrayList<>();
    try (FrameSource source = open()) {
      for (Optional<SampledFrame> frame = source.next(); frame.isPresent(); frame = source.next()) {
        window.add(see(frame.get()));
        if (window.size() == length) {
          receiver.accept(resample(window));
          window.clear();
        }
      }
    }
    if (!window.isEmpty()) {
      receiver.accept(resample(window));
    }
  }

  /**
   * Returns the window that ends at a moment, or the video's last where that is earlier.
   *
   * @param at time since the video's start; null for its end
   * @throws IOException if it cannot be read, or has no frame by then
   */
  FileWindow windowAt(@org.jspecify.annotations.Nullable Duration at)
      throws IOException, InterruptedException {
    int length = engine.bundle().architecture().windowFrames();
    Deque<SampledFrame> last = new ArrayDeque<>();
    try (FrameSource source = open()) {
      for (Optional<SampledFrame> frame = source.next(); frame.isPresent(); frame = source.next()) {
        if (at != null && frame.get().captureTime().isAfter(Instant.EPOCH.plus(at))) {
          break;
        }
        last.add(frame.get());
        if (last.size() > length) {
          last.remove();
        }
      }
    }
    if (last.isEmpty()) {
      throw new IOException("%s shows nothing by then: ask about a later moment".formatted(uri));
    }
    List<Seen> window = new ArrayList<>();
    for (SampledFrame frame : last) {
      window.add(see(frame));
    }
    return resample(window);
  }

  private FrameSource open() {
    FrameSourceOptions options =
        FrameSourceOptions.defaults()
            .withSize(engine.bundle().architecture().imageSize())
            .withFast(true)
            .withStartAt(Instant.EPOCH);
    return new FrameSources().open(uri, options);
  }

  private Seen see(SampledFrame frame) throws IOException {
    float[] pixels = engine.preprocessor().fromJpeg(frame.jpeg());
    return new Seen(frame.captureTime(), engine.encoder().encode(List.of(pixels)).get(0));
  }

  private FileWindow resample(List<Seen> window) {
    List<FrameFeatures> features = window.stream().map(Seen::features).toList();
    return new FileWindow(
        window.stream().map(Seen::at).toList(),
        engine.resampler().resample(List.of(features)).get(0));
  }
}
