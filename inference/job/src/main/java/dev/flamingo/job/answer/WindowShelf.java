package dev.flamingo.job.answer;

import dev.flamingo.job.video.VisualWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.jspecify.annotations.Nullable;

/**
 * The windows of the current stream, bounded in time and bytes. What is looked through at every
 * question, and what is large, lie apart.
 */
final class WindowShelf {

  private final MemoryLimits limits;
  private final MapState<Long, WindowSpan> spans;
  private final MapState<Long, VisualWindow> windows;

  WindowShelf(RuntimeContext context, MemoryLimits limits) {
    this.limits = limits;
    // For streams that end: no later window would push out their last ones.
    StateTtlConfig ttl =
        StateTtlConfig.newBuilder(limits.history().plus(limits.recent()))
            .cleanupIncrementally(16, /* runCleanupForEveryRecord= */ false)
            .build();
    MapStateDescriptor<Long, WindowSpan> span =
        new MapStateDescriptor<>("spans", Long.class, WindowSpan.class);
    MapStateDescriptor<Long, VisualWindow> window =
        new MapStateDescriptor<>("windows", Long.class, VisualWindow.class);
    span.enableTimeToLive(ttl);
    window.enableTimeToLive(ttl);
    spans = context.getMapState(span);
    windows = context.getMapState(window);
  }

  /** Adds a window and removes those that need not be kept any longer. */
  void put(VisualWindow window) throws Exception {
    spans.put(
        window.to(),
        new WindowSpan(window.from(), window.to(), window.tokens().length, window.history()));
    windows.put(window.to(), window);
    List<WindowSpan> kept = new ArrayList<>();
    for (WindowSpan span : spans()) {
      long age = window.to() - span.to();
      boolean old =
          age > limits.history().toMillis()
              || (!span.history() && age > limits.recent().toMillis());
      if (old) {
        remove(span);
      } else {
        kept.add(span);
      }
    }
    kept.sort(Comparator.comparingLong(WindowSpan::to));
    long bytes = kept.stream().mapToLong(WindowSpan::bytes).sum();
    for (WindowSpan oldest : kept.subList(0, kept.size() - 1)) {
      if (bytes <= limits.bytes()) {
        break;
      }
      remove(oldest);
      bytes -= oldest.bytes();
    }
  }

  /** Returns what is kept, in no order. */
  List<WindowSpan> spans() throws Exception {
    List<WindowSpan> all = new ArrayList<>();
    spans.values().forEach(all::add);
    return all;
  }

  /** Returns a window, or null where it was removed meanwhile. */
  @Nullable VisualWindow get(WindowSpan span) throws Exception {
    return windows.get(span.to());
  }

  private void remove(WindowSpan span) throws Exception {
    spans.remove(span.to());
    windows.remove(span.to());
  }
}
