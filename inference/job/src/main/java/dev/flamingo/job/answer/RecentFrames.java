package dev.flamingo.job.answer;

import dev.flamingo.job.state.StoredFeaturesV1;
import dev.flamingo.job.state.StoredHistoryV1;
import dev.flamingo.job.state.StoredSpanV1;
import dev.flamingo.job.state.StoredStreamV1;
import dev.flamingo.job.state.StoredTypes;
import dev.flamingo.job.video.EncodedFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the current stream, bounded in time and bytes: the features of recent ones, of
 * which any sliding window can be made, and which of them are windows of the history. Every time a
 * window has been filled anew, it also belongs to the history, whose visual tokens {@link
 * VisualHistory} keeps. What is written with every frame is small.
 */
final class RecentFrames {

  /** No stream needs so many, however fast its frames come. */
  private static final int MOST_WINDOWS = 2_048;

  private final MemoryLimits limits;
  private final ValueState<StoredStreamV1> stream;
  private final ValueState<StoredHistoryV1> history;
  private final MapState<Long, StoredFeaturesV1> features;

  RecentFrames(RuntimeContext context, MemoryLimits limits) {
    this.limits = limits;
    stream = context.getState(new ValueStateDescriptor<>("stream", StoredTypes.STREAM.info()));
    history = context.getState(new ValueStateDescriptor<>("history", StoredTypes.HISTORY.info()));
    features =
        context.getMapState(
            new MapStateDescriptor<>("features", Types.LONG, StoredTypes.FEATURES.info()));
  }

  /** Returns when the newest frame was captured; null where there is none. */
  @Nullable Long newest() throws Exception {
    StoredStreamV1 known = stream.value();
    return known == null ? null : (Long) known.times()[known.times().length - 1];
  }

  /** Returns when the last frame was read; null where there is none. */
  @Nullable Long seenAt() throws Exception {
    StoredStreamV1 known = stream.value();
    return known == null ? null : (Long) known.seenAt();
  }

  /** Returns when the frame was captured that was captioned last; null where there is none. */
  @Nullable Long captioned() throws Exception {
    StoredStreamV1 known = stream.value();
    return known == null ? null : known.captioned();
  }

  /** Writes down that the newest frame is captioned. */
  void caption() throws Exception {
    StoredStreamV1 known = stream.value();
    stream.update(
        new StoredStreamV1(
            known.model(),
            known.times(),
            known.sizes(),
            known.forgotten(),
            known.sinceHistory(),
            newest(),
            known.seenAt()));
  }

  /**
   * Adds a frame that is newer than all before, and removes what need not be kept any longer. Where
   * it is older, the camera's clock was put back, and what is ahead of it is removed.
   *
   * @return the window of the history that it completes, or null
   */
  @Nullable AskedWindow put(EncodedFrame frame, byte[] encoded, long now) throws Exception {
    StoredStreamV1 before = stream.value();
    if (before == null || !before.model().equals(frame.model())) {
      // One model's features mean nothing to another.
      Long captioned = before == null ? null : before.captioned();
      clear();
      before = new StoredStreamV1(frame.model(), new long[0], new long[0], null, 0, captioned, now);
    }
    Kept all = new Kept(before.times(), before.sizes());
    int past = all.countBefore(frame.time());
    for (int ahead = past; ahead < all.times().length; ahead++) {
      features.remove(all.times()[ahead]);
    }
    features.put(frame.time(), new StoredFeaturesV1(encoded));
    Kept kept = all.oldest(past).plus(frame.time(), encoded.length);
    Long forgotten = before.forgotten();
    if (forgotten != null && forgotten >= frame.time()) {
      forgotten = null;
    }
    int newest = kept.times().length - 1;
    FrameTimes times = new FrameTimes(kept.times(), forgotten, limits.windowFrames());
    long[] window = times.window(newest);
    int since = (times.continues(newest) ? before.sinceHistory() % limits.windowFrames() : 0) + 1;
    int excess = kept.excess(keptSince(frame.time(), window), limits.bytes() / 2);
    for (int oldest = 0; oldest < excess; oldest++) {
      features.remove(kept.times()[oldest]);
    }
    Kept left = kept.withoutOldest(excess);
    stream.update(
        new StoredStreamV1(
            frame.model(),
            left.times(),
            left.sizes(),
            excess == 0 ? forgotten : (Long) kept.times()[excess - 1],
            since,
            before.captioned(),
            now));
    if (since < limits.windowFrames() || window == null) {
      return null;
    }
    AskedWindow whole = window(new WindowSpan(window, false));
    if (whole != null) {
      remember(window);
    }
    return whole;
  }

  /** A window that is looked at now stays whole, however slowly its frames came. */
  private long keptSince(long now, long @Nullable [] window) {
    long recent = now - limits.recent().toMillis();
    return window == null ? recent : Math.min(recent, window[0]);
  }

  private void remember(long[] window) throws Exception {
    StoredHistoryV1 before = history.value();
    StoredSpanV1[] spans = before == null ? new StoredSpanV1[0] : before.spans();
    long newest = window[window.length - 1];
    history.update(
        new StoredHistoryV1(
            Stream.concat(
                    Arrays.stream(spans).skip(Math.max(0, spans.length - MOST_WINDOWS)),
                    Stream.of(new StoredSpanV1(window)))
                .filter(span -> isKept(span, newest))
                .toArray(StoredSpanV1[]::new)));
  }

  /** Not what is too old, and not what is ahead, of a clock that was put back since. */
  private boolean isKept(StoredSpanV1 span, long newest) {
    long to = span.frames()[span.frames().length - 1];
    return to <= newest && to >= newest - limits.history().toMillis();
  }

  /** Returns what may be asked about, in no order. */
  List<WindowSpan> spans() throws Exception {
    StoredStreamV1 known = stream.value();
    List<WindowSpan> spans = new ArrayList<>();
    if (known == null) {
      return spans;
    }
    StoredHistoryV1 remembered = history.value();
    long newest = known.times()[known.times().length - 1];
    for (StoredSpanV1 span : remembered == null ? new StoredSpanV1[0] : remembered.spans()) {
      if (isKept(span, newest)) {
        spans.add(new WindowSpan(span.frames(), true));
      }
    }
    FrameTimes times = new FrameTimes(known.times(), known.forgotten(), limits.windowFrames());
    for (int last = 0; last < known.times().length; last++) {
      long[] window = times.window(last);
      if (window != null) {
        spans.add(new WindowSpan(window, false));
      }
    }
    return spans;
  }

  /** Returns the window that ends with the newest frame; null where not all of it is kept. */
  @Nullable AskedWindow newestWindow() throws Exception {
    StoredStreamV1 known = stream.value();
    if (known == null) {
      return null;
    }
    FrameTimes times = new FrameTimes(known.times(), known.forgotten(), limits.windowFrames());
    long[] window = times.window(known.times().length - 1);
    return window == null ? null : window(new WindowSpan(window, false));
  }

  /**
   * Returns a window: with its features, or of the history without anything, or null where not all
   * of it is kept.
   */
  @Nullable AskedWindow window(WindowSpan span) throws Exception {
    String model = stream.value().model();
    byte[][] frames = new byte[span.frames().length][];
    for (int i = 0; i < frames.length; i++) {
      StoredFeaturesV1 frame = features.get(span.frames()[i]);
      if (frame == null) {
        return span.history() ? new AskedWindow(span.frames(), model, null, null) : null;
      }
      frames[i] = frame.values();
    }
    return new AskedWindow(span.frames(), model, null, frames);
  }

  /** Forgets the stream. */
  void clear() {
    stream.clear();
    history.clear();
    features.clear();
  }
}
