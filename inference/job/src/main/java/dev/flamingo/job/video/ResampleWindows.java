package dev.flamingo.job.video;

import dev.flamingo.job.model.BatchMetrics;
import dev.flamingo.job.model.ModelLimits;
import dev.flamingo.job.model.SharedModel;
import dev.flamingo.job.model.VideoModelProvider;
import dev.flamingo.job.model.WindowFeatures;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the windows of the history into visual tokens, in batches that mix the streams, and passes
 * on the others as they are. One that the model cannot take is logged, counted and passed on as if
 * it were none of the history.
 */
public final class ResampleWindows extends RichAsyncFunction<FrameWindow, VisualWindow> {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(ResampleWindows.class);

  private final VideoModelProvider provider;
  private final ModelLimits limits;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient SharedModel model;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Counter lost;

  /** Makes one that resamples with the provider's model. */
  public ResampleWindows(VideoModelProvider provider, ModelLimits limits) {
    this.provider = provider;
    this.limits = limits;
  }

  @Override
  public void open(OpenContext context) throws IOException {
    model = SharedModel.acquire(provider, limits);
    BatchMetrics.register(getRuntimeContext().getMetricGroup(), model.resampler());
    lost = getRuntimeContext().getMetricGroup().counter("windowsLost");
  }

  @Override
  public void asyncInvoke(FrameWindow window, ResultFuture<VisualWindow> result) {
    if (!window.history()) {
      pass(window, null, result);
      return;
    }
    var unused =
        model
            .resampler()
            .submit(new WindowFeatures(Arrays.asList(window.features())))
            .whenComplete(
                (tokens, error) -> {
                  if (error == null) {
                    pass(window, tokens, result);
                  } else {
                    lose(window, String.valueOf(error.getMessage()), result);
                  }
                });
  }

  @Override
  public void timeout(FrameWindow window, ResultFuture<VisualWindow> result) {
    lose(window, "the resampler took too long", result);
  }

  private void lose(FrameWindow window, String why, ResultFuture<VisualWindow> result) {
    lost.inc();
    LOG.warn("a window of stream {} is lost to the history: {}", window.stream(), why);
    pass(window, null, result);
  }

  private static void pass(
      FrameWindow window, byte @Nullable [] tokens, ResultFuture<VisualWindow> result) {
    byte[][] features = window.features();
    result.complete(
        List.of(
            new VisualWindow(
                window.stream(),
                window.frames(),
                features[features.length - 1],
                tokens,
                window.model())));
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
  }
}
