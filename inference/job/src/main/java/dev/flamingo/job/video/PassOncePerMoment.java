package dev.flamingo.job.video;

import dev.flamingo.events.CaptureClock;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Passes a stream's frames on in the order of capture; one that is not newer than all before was
 * seen already or is late, and changes nothing, unless the camera's clock was put back. It stands
 * before the encoder, so that a frame that Kafka delivers twice is encoded once.
 */
public final class PassOncePerMoment extends KeyedProcessFunction<String, Frame, Frame> {

  private static final long serialVersionUID = 1;

  private final Duration kept;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ValueState<Long> newest;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Counter late;

  /**
   * Makes one.
   *
   * @param kept how long a stream that has ended is remembered
   */
  public PassOncePerMoment(Duration kept) {
    this.kept = kept;
  }

  @Override
  public void open(OpenContext context) {
    ValueStateDescriptor<Long> time = new ValueStateDescriptor<>("newest", Long.class);
    time.enableTimeToLive(EndedStreams.forgottenAfter(kept));
    newest = getRuntimeContext().getState(time);
    late = getRuntimeContext().getMetricGroup().counter("framesLateOrTwice");
  }

  @Override
  public void processElement(Frame frame, Context context, Collector<Frame> frames)
      throws Exception {
    Long before = newest.value();
    if (before != null
        && frame.time() <= before
        && !CaptureClock.wasPutBack(before, frame.time())) {
      late.inc();
      return;
    }
    newest.update(frame.time());
    frames.collect(frame);
  }
}
