package dev.flamingo.job.video;

import dev.flamingo.events.CaptureClock;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.SideDoor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Remembers the features of a stream's last frames, and makes a window of them whenever a frame
 * comes. Every time the ring has been filled anew, that window also belongs to the history. After a
 * gap longer than a window, and when the camera's clock was put back, it begins anew: frames of
 * before and after are not seen together.
 */
public final class VisualMemory extends KeyedProcessFunction<String, EncodedFrame, FrameWindow> {

  private static final long serialVersionUID = 1;
  private static final long FRAME_MILLIS = 1_000;

  private final String prefix;
  private final int size;
  private final Duration kept;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient MapState<Integer, byte[]> features;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ValueState<FrameRing> ring;

  /**
   * Makes one.
   *
   * @param prefix of the topics
   * @param size the longest window in frames
   * @param kept how long a stream that has ended is remembered
   */
  public VisualMemory(String prefix, int size, Duration kept) {
    this.prefix = prefix;
    this.size = size;
    this.kept = kept;
  }

  @Override
  public void open(OpenContext context) {
    StateTtlConfig ttl = EndedStreams.forgottenAfter(kept);
    MapStateDescriptor<Integer, byte[]> slots =
        new MapStateDescriptor<>("features", Integer.class, byte[].class);
    slots.enableTimeToLive(ttl);
    features = getRuntimeContext().getMapState(slots);
    ValueStateDescriptor<FrameRing> times = new ValueStateDescriptor<>("ring", FrameRing.class);
    times.enableTimeToLive(ttl);
    ring = getRuntimeContext().getState(times);
  }

  @Override
  public void processElement(EncodedFrame frame, Context context, Collector<FrameWindow> windows)
      throws Exception {
    byte[] encoded = frame.features();
    ReceivedRecord broken = frame.broken();
    if (broken != null) {
      context.output(
          SideDoor.OUTBOUND,
          OutboundRecord.deadLetter(
              new Topics(prefix), broken, FrameReader.BAD_FRAME, String.valueOf(frame.problem())));
    }
    if (encoded == null) {
      return;
    }
    FrameRing before = ring.value() == null ? FrameRing.EMPTY : ring.value();
    boolean first = before.times().length == 0;
    boolean putBack = !first && CaptureClock.wasPutBack(before.newest(), frame.time());
    if (!first && frame.time() <= before.newest() && !putBack) {
      return;
    }
    if (putBack || !before.continuesWith(frame, size * FRAME_MILLIS) || !holdsAllOf(before)) {
      features.clear();
      before = before.emptied();
    }
    FrameRing after = before.plus(frame, size);
    features.put(after.slot(after.times().length - 1, size), encoded);
    ring.update(after);
    windows.collect(
        new FrameWindow(
            frame.stream(),
            after.times(),
            featuresOf(after),
            frame.model(),
            after.sinceHistory() == size));
  }

  /** After a long stop some frames may be forgotten and the ring not yet. */
  private boolean holdsAllOf(FrameRing frames) throws Exception {
    for (int place = 0; place < frames.times().length; place++) {
      if (!features.contains(frames.slot(place, size))) {
        return false;
      }
    }
    return true;
  }

  private byte[][] featuresOf(FrameRing frames) throws Exception {
    List<byte[]> window = new ArrayList<>();
    for (int place = 0; place < frames.times().length; place++) {
      window.add(features.get(frames.slot(place, size)));
    }
    return window.toArray(byte[][]::new);
  }
}
