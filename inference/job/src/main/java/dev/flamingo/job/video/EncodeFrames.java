package dev.flamingo.job.video;

import dev.flamingo.job.model.BatchMetrics;
import dev.flamingo.job.model.EncodedPicture;
import dev.flamingo.job.model.ModelLimits;
import dev.flamingo.job.model.SharedModel;
import dev.flamingo.job.model.VideoModelProvider;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/** Encodes every frame once, in batches that mix the streams. */
public final class EncodeFrames extends RichAsyncFunction<Frame, EncodedFrame> {

  private static final long serialVersionUID = 1;

  private final VideoModelProvider provider;
  private final ModelLimits limits;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient SharedModel model;

  /** Makes one that encodes with the provider's model. */
  public EncodeFrames(VideoModelProvider provider, ModelLimits limits) {
    this.provider = provider;
    this.limits = limits;
  }

  @Override
  public void open(OpenContext context) throws IOException {
    model = SharedModel.acquire(provider, limits);
    BatchMetrics.register(getRuntimeContext().getMetricGroup(), model.encoder());
  }

  @Override
  public void asyncInvoke(Frame frame, ResultFuture<EncodedFrame> result) {
    var unused =
        model
            .encoder()
            .submit(frame.jpeg())
            .whenComplete((encoded, error) -> result.complete(List.of(of(frame, encoded, error))));
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

  @Override
  public void timeout(Frame frame, ResultFuture<EncodedFrame> result) {
    result.complete(
        List.of(
            EncodedFrame.broken(frame, model.id(), "the encoder took too long over this picture")));
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
  }
}
