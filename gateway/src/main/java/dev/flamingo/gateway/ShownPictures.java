package dev.flamingo.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What people see of streams: the pictures that are made for them, and the model's frames where
 * there is no picture. Used from one thread.
 */
final class ShownPictures {

  /** Pictures come less often than frames; one this much older is of a time before. */
  private static final Duration BEHIND = Duration.ofSeconds(70);

  private static final int FRAMES = 64;
  private static final int PICTURES = 16;
  private static final long MOST_BYTES = 96L << 20;

  private final FrameShelf pictures;
  private final FrameShelf frames;

  ShownPictures() {
    this(new FrameShelf(PICTURES, MOST_BYTES), new FrameShelf(FRAMES, MOST_BYTES));
  }

  ShownPictures(FrameShelf pictures, FrameShelf frames) {
    this.pictures = pictures;
    this.frames = frames;
  }

  /** Returns where the pictures for people are kept. */
  FrameShelf pictures() {
    return pictures;
  }

  /** Returns where the model's frames are kept. */
  FrameShelf frames() {
    return frames;
  }

  /** Drops the pictures of a stream that was removed. */
  void forget(String stream) {
    pictures.forget(stream);
    frames.forget(stream);
  }

  /** Returns the instants between which something of a stream can be shown. */
  Optional<FrameShelf.Span> span(String stream) {
    Optional<FrameShelf.Span> shown = pictures.span(stream);
    Optional<FrameShelf.Span> seen = frames.span(stream);
    if (shown.isEmpty() || seen.isEmpty()) {
      return shown.or(() -> seen);
    }
    Instant from = min(shown.get().from(), seen.get().from());
    return Optional.of(
        new FrameShelf.Span(from, newestIsPicture(stream) ? shown.get().to() : seen.get().to()));
  }

  /** Returns the newest picture of a stream. */
  Optional<byte[]> newest(String stream) {
    return newestIsPicture(stream) ? pictures.newest(stream) : frames.newest(stream);
  }

  /** Returns what was captured at a moment. */
  Optional<byte[]> at(String stream, Instant moment) {
    return pictures.at(stream, moment).or(() -> frames.at(stream, moment));
  }

  private boolean newestIsPicture(String stream) {
    Optional<Instant> picture = pictures.span(stream).map(FrameShelf.Span::to);
    Optional<Instant> frame = frames.span(stream).map(FrameShelf.Span::to);
    return picture.isPresent()
        && (frame.isEmpty() || !picture.get().isBefore(frame.get().minus(BEHIND)));
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
