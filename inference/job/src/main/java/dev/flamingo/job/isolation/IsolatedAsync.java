package dev.flamingo.job.isolation;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.async.CollectionSupplier;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * An asynchronous function whose exceptions, now or later, end the record, not the job.
 *
 * @param <I> input
 * @param <O> output
 */
public final class IsolatedAsync<I, O> extends RichAsyncFunction<I, O>
    implements ResultTypeQueryable<O> {

  private static final long serialVersionUID = 1;

  private final RichAsyncFunction<I, O> inner;
  private final Class<O> output;
  private final FailedRecord<I, O> instead;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Failures failures;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient InstantSource clock;

  /** Isolates the records of a function from each other. */
  public IsolatedAsync(RichAsyncFunction<I, O> inner, Class<O> output, FailedRecord<I, O> instead) {
    this.inner = inner;
    this.output = output;
    this.instead = instead;
  }

  @Override
  public TypeInformation<O> getProducedType() {
    return TypeInformation.of(output);
  }

  @Override
  public void setRuntimeContext(RuntimeContext context) {
    super.setRuntimeContext(context);
    inner.setRuntimeContext(context);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    failures = new Failures(getRuntimeContext());
    clock = InstantSource.system();
    inner.open(context);
  }

  @Override
  public void asyncInvoke(I record, ResultFuture<O> result) throws Exception {
    try {
      inner.asyncInvoke(record, new Isolated(record, result));
    } catch (RuntimeException e) {
      fail(record, e, result);
    }
  }

  @Override
  public void timeout(I record, ResultFuture<O> result) throws Exception {
    try {
      inner.timeout(record, new Isolated(record, result));
    } catch (RuntimeException e) {
      fail(record, e, result);
    }
  }

  private void fail(I record, RuntimeException error, ResultFuture<O> result) {
    failures.note(error);
    O left = instead.of(record, clock.millis());
    result.complete(left == null ? List.of() : List.of(left));
  }

  @Override
  public void close() throws Exception {
    inner.close();
  }

  private final class Isolated implements ResultFuture<O> {

    private final I record;
    private final ResultFuture<O> result;

    Isolated(I record, ResultFuture<O> result) {
      this.record = record;
      this.result = result;
    }

    @Override
    public void complete(Collection<O> outputs) {
      result.complete(outputs);
    }

    @Override
    public void complete(CollectionSupplier<O> supplier) {
      result.complete(supplier);
    }

    @Override
    public void completeExceptionally(Throwable error) {
      fail(record, new IllegalStateException("the result failed", error), result);
    }
  }
}
