package dev.flamingo.job.isolation;

import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.SideDoor;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A keyed function with a broadcast input whose exceptions end the record, not the job.
 *
 * @param <K> key
 * @param <A> keyed input
 * @param <B> broadcast input
 * @param <O> output
 * @param <F> the function
 */
public final class IsolatedBroadcastProcess<
        K, A, B, O, F extends KeyedBroadcastProcessFunction<K, A, B, O> & CheckpointedFunction>
    extends KeyedBroadcastProcessFunction<K, A, B, O> implements CheckpointedFunction {

  private static final long serialVersionUID = 1;

  private final F inner;
  private final FailedRecord<A, OutboundRecord> instead;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Failures failures;

  /**
   * Isolates the records of a function from each other.
   *
   * @param instead what comes of a keyed record; one that is broadcast is passed over
   */
  public IsolatedBroadcastProcess(F inner, FailedRecord<A, OutboundRecord> instead) {
    this.inner = inner;
    this.instead = instead;
  }

  @Override
  public void setRuntimeContext(RuntimeContext context) {
    super.setRuntimeContext(context);
    inner.setRuntimeContext(context);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    inner.initializeState(context);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    failures = new Failures(getRuntimeContext());
    inner.open(context);
  }

  @Override
  public void processElement(A record, ReadOnlyContext context, Collector<O> out) throws Exception {
    try {
      inner.processElement(record, context, out);
    } catch (RuntimeException e) {
      failures.note(e);
      OutboundRecord left = instead.of(record, context.timerService().currentProcessingTime());
      if (left != null) {
        context.output(SideDoor.OUTBOUND, left);
      }
    }
  }

  @Override
  public void processBroadcastElement(B record, Context context, Collector<O> out)
      throws Exception {
    try {
      inner.processBroadcastElement(record, context, out);
    } catch (RuntimeException e) {
      failures.note(e);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<O> out) throws Exception {
    try {
      inner.onTimer(timestamp, context, out);
    } catch (RuntimeException e) {
      failures.note(e);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    inner.snapshotState(context);
  }

  @Override
  public void close() throws Exception {
    inner.close();
  }
}
