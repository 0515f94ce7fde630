package dev.flamingo.standalone.video;

import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.SampledFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the frames of windows. A moment of a recording is time since its start, one of a camera
 * is time from now: a camera cannot be rewound, and has no end to wait for.
 *
 * @param length frames of a whole window
 * @param nanoTime nanoseconds since any moment
 */
record FrameWindows(int length, LongSupplier nanoTime) {

  /** Hands over one window after another without overlap, the last perhaps shorter. */
  void each(FrameSource source, Consumer<FrameWindow> receiver) throws InterruptedException {
    List<SampledFrame> frames = new ArrayList<>();
    for (Optional<SampledFrame> next = source.next(); next.isPresent(); next = source.next()) {
      if (!frames.isEmpty() && isFromTheStartAgain(next.get(), frames.get(frames.size() - 1))) {
        frames.clear();
      }
      frames.add(next.get());
      if (frames.size() == length) {
        receiver.accept(new FrameWindow(source.live(), frames));
        frames.clear();
      }
    }
    if (!frames.isEmpty()) {
      receiver.accept(new FrameWindow(source.live(), frames));
    }
  }

  /**
   * Returns the window that ends at a moment, or the source's last where that is earlier; a camera
   * that has shown nothing by then is given the time for its first frame.
   *
   * @param at the moment; null for a recording's end, and for a camera's next whole window
   * @return nothing if the source has no frame
   */
  Optional<FrameWindow> endingAt(FrameSource source, @Nullable Duration at)
      throws InterruptedException {
    long begun = nanoTime.getAsLong();
    Deque<SampledFrame> last = new ArrayDeque<>();
    for (Optional<SampledFrame> next = source.next(); next.isPresent(); next = source.next()) {
      SampledFrame frame = next.get();
      boolean live = source.live();
      if (!live && at != null && frame.ptsMs() > at.toMillis()) {
        break;
      }
      if (!last.isEmpty() && isFromTheStartAgain(frame, last.getLast())) {
        last.clear();
      }
      last.add(frame);
      if (last.size() > length) {
        last.remove();
      }
      if (live && isEnough(last.size(), at, Duration.ofNanos(nanoTime.getAsLong() - begun))) {
        break;
      }
    }
    return last.isEmpty()
        ? Optional.empty()
        : Optional.of(new FrameWindow(source.live(), List.copyOf(last)));
  }

  private boolean isEnough(int frames, @Nullable Duration at, Duration passed) {
    return at == null ? frames == length : passed.compareTo(at) >= 0;
  }

  /** As an address is that was taken for a camera and turns out to be a recording. */
  private static boolean isFromTheStartAgain(SampledFrame frame, SampledFrame before) {
    return frame.ptsMs() < before.ptsMs();
  }
}
