package dev.flamingo.ingest.video;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches an address as a stream does: opens it again whenever it fails or ends. */
final class Watcher implements AutoCloseable {

  private final FrameSources sources;
  private final String uri;
  private final FrameSourceOptions options;
  private final List<String> reasons = new ArrayList<>();
  private @Nullable FrameSource source;

  Watcher(FrameSources sources, String uri, FrameSourceOptions options) {
    this.sources = sources;
    this.uri = uri;
    this.options = options;
  }

  /** Waits for so many more pictures of a live source. */
  List<SampledFrame> take(int count) throws InterruptedException {
    List<SampledFrame> taken = new ArrayList<>();
    while (taken.size() < count) {
      FrameSource open = source == null ? sources.open(uri, options) : source;
      source = open;
      try {
        Optional<SampledFrame> frame = open.next();
        if (frame.isPresent() && open.live()) {
          taken.add(frame.get());
          continue;
        }
        reasons.add(frame.isPresent() ? "taken for a recording" : "ended");
      } catch (VideoException e) {
        reasons.add(String.valueOf(e.getMessage()));
      }
      close();
    }
    return taken;
  }

  /** Takes pictures until there are no more. */
  VideoException failure() throws InterruptedException {
    try {
      while (true) {
        FrameSource open = source;
        if (open == null || open.next().isEmpty()) {
          throw new AssertionError("it ended");
        }
      }
    } catch (VideoException e) {
      reasons.add(String.valueOf(e.getMessage()));
      close();
      return e;
    }
  }

  /** Why it had to be opened again. */
  List<String> reasons() {
    return reasons;
  }

  @Override
  public void close() {
    if (source != null) {
      source.close();
      source = null;
    }
  }
}
