package dev.flamingo.job.video;

import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.SideDoor;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Remembers the features of a stream's last frames, and makes a window of them whenever a frame
 * comes. Every time the ring has been filled anew, that window also belongs to the history. After a
 * gap longer than a window it begins anew: frames of before and after are not seen together.
 */
public final class VisualMemory extends KeyedProcessFunction<String, EncodedFrame, FrameWindow> {

  private static final long serialVersionUID = 1;
  private static final long FRAME_MILLIS = 1_000;

  private final String prefix;
  private final int size;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient MapState<Integer, byte[]> features;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ValueState<FrameRing> ring;

  /**
   * Makes one.
   *
   * @param prefix of the topics
   * @param size the longest window in frames
   */
  public VisualMemory(String prefix, int size) {
    this.prefix = prefix;
    this.size = size;
  }

  @Override
  public void open(OpenContext context) {
    features =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("features", Integer.class, byte[].class));
    ring = getRuntimeContext().getState(new ValueStateDescriptor<>("ring", FrameRing.class));
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
    if (before.times().length > 0 && frame.time() <= before.newest()) {
      return;
    }
    if (!before.continuesWith(frame, size * FRAME_MILLIS)) {
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

  private byte[][] featuresOf(FrameRing frames) throws Exception {
    List<byte[]> window = new ArrayList<>();
    for (int place = 0; place < frames.times().length; place++) {
      window.add(features.get(frames.slot(place, size)));
    }
    return window.toArray(byte[][]::new);
  }
}
