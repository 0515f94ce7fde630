package dev.flamingo.job.answer;

import dev.flamingo.job.video.EndedStreams;
import dev.flamingo.job.video.VisualWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The windows of the current stream, bounded in time and bytes: the visual tokens of its history,
 * and the features of its recent frames, of which any sliding window can be made. What is looked
 * through at every question, and what is large, lie apart.
 */
final class WindowShelf {

  private final MemoryLimits limits;
  private final ValueState<String> model;
  private final MapState<Long, WindowSpan> spans;
  private final MapState<Long, byte[]> features;
  private final MapState<Long, byte[]> tokens;

  WindowShelf(RuntimeContext context, MemoryLimits limits) {
    this.limits = limits;
    // For streams that end: no later window would push out their last ones.
    StateTtlConfig ttl = EndedStreams.forgottenAfter(limits.kept());
    ValueStateDescriptor<String> seenBy = new ValueStateDescriptor<>("model", String.class);
    seenBy.enableTimeToLive(ttl);
    model = context.getState(seenBy);
    spans = kept(context, ttl, "spans", WindowSpan.class);
    features = kept(context, ttl, "features", byte[].class);
    tokens = kept(context, ttl, "tokens", byte[].class);
  }

  private static <T> MapState<Long, T> kept(
      RuntimeContext context, StateTtlConfig ttl, String name, Class<T> type) {
    MapStateDescriptor<Long, T> state = new MapStateDescriptor<>(name, Long.class, type);
    state.enableTimeToLive(ttl);
    return context.getMapState(state);
  }

  /** Adds a window and removes those that need not be kept any longer. */
  void put(VisualWindow window) throws Exception {
    if (!window.model().equals(model.value())) {
      // One model's tokens mean nothing to another.
      clear();
    }
    model.update(window.model());
    byte[] visual = window.tokens();
    long now = window.to();
    features.put(now, window.newest());
    if (visual != null) {
      tokens.put(now, visual);
    }
    spans.put(
        now,
        new WindowSpan(
            window.frames(), window.newest().length, visual == null ? 0 : visual.length));
    bound(young(now));
  }

  /** Returns what may be asked about, in no order. */
  List<WindowSpan> spans() throws Exception {
    List<WindowSpan> all = all();
    // Features go oldest first: a sliding window can be made while its first frame's are there.
    long first =
        all.stream()
            .filter(span -> span.featureBytes() > 0)
            .mapToLong(WindowSpan::to)
            .min()
            .orElse(Long.MAX_VALUE);
    return all.stream().filter(span -> span.history() || span.from() >= first).toList();
  }

  /** Returns a window, or null where not all of it is kept. */
  @Nullable AskedWindow get(WindowSpan span) throws Exception {
    if (span.history()) {
      byte[] visual = tokens.get(span.to());
      return visual == null ? null : window(span, visual, null);
    }
    byte[][] frames = new byte[span.frames().length][];
    for (int i = 0; i < frames.length; i++) {
      byte[] frame = features.get(span.frames()[i]);
      if (frame == null) {
        return null;
      }
      frames[i] = frame;
    }
    return window(span, null, frames);
  }

  /** Returns the window that ends with a frame, or null where not all of it is kept. */
  @Nullable AskedWindow get(long to) throws Exception {
    WindowSpan span = spans.get(to);
    return span == null ? null : get(span);
  }

  private AskedWindow window(WindowSpan span, byte @Nullable [] visual, byte @Nullable [][] frames)
      throws IOException {
    return new AskedWindow(span.frames(), String.valueOf(model.value()), visual, frames);
  }

  private List<WindowSpan> all() throws Exception {
    List<WindowSpan> all = new ArrayList<>();
    spans.values().forEach(all::add);
    return all;
  }

  /** Removes what is too old, and returns the rest, oldest first. */
  private List<WindowSpan> young(long now) throws Exception {
    List<WindowSpan> young = new ArrayList<>();
    for (WindowSpan span : all()) {
      long age = now - span.to();
      // Ahead of the newest are windows of a clock that was put back since.
      if (age < 0
          || age > limits.history().toMillis()
          || (age > limits.recent().toMillis() && !span.history())) {
        remove(span);
      } else if (age > limits.recent().toMillis() && span.featureBytes() > 0) {
        features.remove(span.to());
        WindowSpan kept = span.withoutFeatures();
        spans.put(kept.to(), kept);
        young.add(kept);
      } else {
        young.add(span);
      }
    }
    young.sort(Comparator.comparingLong(WindowSpan::to));
    return young;
  }

  private void bound(List<WindowSpan> oldestFirst) throws Exception {
    long bytes = oldestFirst.stream().mapToLong(WindowSpan::bytes).sum();
    for (WindowSpan oldest : oldestFirst.subList(0, oldestFirst.size() - 1)) {
      if (bytes <= limits.bytes()) {
        break;
      }
      remove(oldest);
      bytes -= oldest.bytes();
    }
  }

  private void remove(WindowSpan span) throws Exception {
    spans.remove(span.to());
    features.remove(span.to());
    tokens.remove(span.to());
  }

  private void clear() {
    spans.clear();
    features.clear();
    tokens.clear();
  }
}
