package dev.flamingo.job.video;

import dev.flamingo.events.CaptureClock;
import dev.flamingo.job.state.StoredFrameV1;
import dev.flamingo.job.state.StoredMomentV1;
import dev.flamingo.job.state.StoredTypes;
import java.time.Duration;
import java.time.InstantSource;
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
public final class PassOncePerMoment extends KeyedProcessFunction<String, Frame, StoredFrameV1> {

  private static final long serialVersionUID = 1;

  private final Duration kept;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient IdleStreams idle;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ValueState<StoredMomentV1> moment;

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
    idle = new IdleStreams(kept, InstantSource.system().millis());
    moment =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("moment", StoredTypes.MOMENT.info()));
    late = getRuntimeContext().getMetricGroup().counter("framesLateOrTwice");
  }

  @Override
  public void processElement(Frame frame, Context context, Collector<StoredFrameV1> frames)
      throws Exception {
    StoredMomentV1 before = moment.value();
    if (before != null
        && frame.time() <= before.newest()
        && !CaptureClock.wasPutBack(before.newest(), frame.time())) {
      late.inc();
      return;
    }
    idle.read(before == null ? null : (Long) before.seenAt(), context.timerService());
    moment.update(new StoredMomentV1(frame.time(), context.timerService().currentProcessingTime()));
    frames.collect(frame.stored());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<StoredFrameV1> frames)
      throws Exception {
    StoredMomentV1 last = moment.value();
    if (last != null && idle.isForgotten(last.seenAt(), context.timerService())) {
      moment.clear();
    }
  }
}
