package dev.flamingo.job.video;

import dev.flamingo.job.model.BatchMetrics;
import dev.flamingo.job.model.EncodedPicture;
import dev.flamingo.job.model.ModelLimits;
import dev.flamingo.job.model.SharedModel;
import dev.flamingo.job.model.VideoModelProvider;
import dev.flamingo.job.state.StoredFrameV1;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/**
 * Encodes every frame once, in batches that mix the streams. Frames that come too late are left out
 * and counted while whole batches wait for the encoder; those that were made for another model,
 * always: no window mixes frames of two models.
 */
public final class EncodeFrames extends RichAsyncFunction<StoredFrameV1, EncodedFrame> {

  private static final long serialVersionUID = 1;

  private final VideoModelProvider provider;
  private final ModelLimits limits;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient SharedModel model;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient LateFrames lateFrames;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Counter dropped;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Counter forOthers;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient InstantSource clock;

  /** Makes one that encodes with the provider's model. */
  public EncodeFrames(VideoModelProvider provider, ModelLimits limits) {
    this.provider = provider;
    this.limits = limits;
  }

  @Override
  public void open(OpenContext context) throws IOException {
    model = SharedModel.acquire(provider, limits);
    clock = InstantSource.system();
    lateFrames = new LateFrames(limits.late(), clock.millis());
    BatchMetrics.register(getRuntimeContext().getMetricGroup(), model.encoder());
    dropped = getRuntimeContext().getMetricGroup().counter("framesDropped");
    forOthers = getRuntimeContext().getMetricGroup().counter("framesForOthers");
  }

  @Override
  public void asyncInvoke(StoredFrameV1 stored, ResultFuture<EncodedFrame> result) {
    Frame frame = Frame.of(stored);
    String madeFor = frame.madeFor();
    if (madeFor != null && !madeFor.equals(model.id())) {
      forOthers.inc();
      result.complete(List.of());
      return;
    }
    boolean late = lateFrames.isLate(frame.time(), clock.millis());
    if (late && model.encoder().waiting() >= limits.encode().size()) {
      drop(result);
      return;
    }
    var unused =
        model
            .encoder()
            .submit(frame.jpeg())
            .whenComplete(
                (encoded, error) -> {
                  if (error instanceof RejectedExecutionException) {
                    // Back-pressure: nothing is wrong with the frame.
                    drop(result);
                  } else {
                    result.complete(List.of(of(frame, encoded, error)));
                  }
                });
  }

  private void drop(ResultFuture<EncodedFrame> result) {
    dropped.inc();
    result.complete(List.of());
  }

  private EncodedFrame of(
      Frame frame, @Nullable EncodedPicture encoded, @Nullable Throwable error) {
    byte[] features = encoded == null ? null : encoded.features();
    if (features != null) {
      return EncodedFrame.of(frame, model.id(), features);
    }
    return EncodedFrame.broken(
        frame,
        model.id(),
        encoded == null
            ? "the picture could not be encoded: " + error
            : String.valueOf(encoded.problem()));
  }

  /** The encoder is behind: nothing is wrong with the frame. */
  @Override
  public void timeout(StoredFrameV1 frame, ResultFuture<EncodedFrame> result) {
    drop(result);
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
  }
}
