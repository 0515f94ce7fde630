package dev.flamingo.job.isolation;

import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.SideDoor;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A keyed function whose exceptions end the record, not the job.
 *
 * @param <K> key
 * @param <I> input
 * @param <O> output
 */
public final class IsolatedProcess<K, I, O> extends KeyedProcessFunction<K, I, O> {

  private static final long serialVersionUID = 1;

  private final KeyedProcessFunction<K, I, O> inner;
  private final FailedRecord<I, OutboundRecord> instead;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Failures failures;

  /** Isolates the records of a function from each other. */
  public IsolatedProcess(
      KeyedProcessFunction<K, I, O> inner, FailedRecord<I, OutboundRecord> instead) {
    this.inner = inner;
    this.instead = instead;
  }

  @Override
  public void setRuntimeContext(RuntimeContext context) {
    super.setRuntimeContext(context);
    inner.setRuntimeContext(context);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    failures = new Failures(getRuntimeContext());
    inner.open(context);
  }

  @Override
  public void processElement(I record, Context context, Collector<O> out) throws Exception {
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
  public void onTimer(long timestamp, OnTimerContext context, Collector<O> out) throws Exception {
    try {
      inner.onTimer(timestamp, context, out);
    } catch (RuntimeException e) {
      failures.note(e);
    }
  }

  @Override
  public void close() throws Exception {
    inner.close();
  }
}
