package dev.flamingo.job.isolation;

import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.SideDoor;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A keyed function of two inputs whose exceptions end the record, not the job.
 *
 * @param <K> key
 * @param <A> first input
 * @param <B> second input
 * @param <O> output
 * @param <F> the function
 */
public final class IsolatedCoProcess<
        K, A, B, O, F extends KeyedCoProcessFunction<K, A, B, O> & CheckpointedFunction>
    extends KeyedCoProcessFunction<K, A, B, O> implements CheckpointedFunction {

  private static final long serialVersionUID = 1;

  private final F inner;
  private final FailedRecord<B, OutboundRecord> instead;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Failures failures;

  /**
   * Isolates the records of a function from each other.
   *
   * @param instead what comes of a record of the second input; one of the first is passed over
   */
  public IsolatedCoProcess(F inner, FailedRecord<B, OutboundRecord> instead) {
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
  public void processElement1(A record, Context context, Collector<O> out) throws Exception {
    try {
      inner.processElement1(record, context, out);
    } catch (RuntimeException e) {
      failures.note(e);
    }
  }

  @Override
  public void processElement2(B record, Context context, Collector<O> out) throws Exception {
    try {
      inner.processElement2(record, context, out);
    } catch (RuntimeException e) {
      failures.note(e);
      OutboundRecord left = instead.of(record, context.timerService().currentProcessingTime());
      if (left != null) {
        context.output(SideDoor.OUTBOUND, left);
      }
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
