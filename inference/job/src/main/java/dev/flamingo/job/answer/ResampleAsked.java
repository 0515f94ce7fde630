package dev.flamingo.job.answer;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flamingo.job.model.ModelLimits;
import dev.flamingo.job.model.SharedModel;
import dev.flamingo.job.model.VideoModelProvider;
import dev.flamingo.job.model.WindowFeatures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resamples the windows that tasks look at, each once however many ask about it: most sliding
 * windows are never asked about. Captions are left out, before anything is spent on them, while
 * there are questions enough to fill a batch. What cannot be resampled goes on as it is, so that
 * its question ends. Images of examples go on, too: they wait for the encoder, and the tasks behind
 * must not.
 */
public final class ResampleAsked extends RichAsyncFunction<AnswerTask, AnswerTask> {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(ResampleAsked.class);

  /** With the street's model a second of captions for hundreds of streams. */
  private static final long REMEMBERED_BYTES = 32L << 20;

  private record Key(String stream, List<Long> frames) {

    int bytes() {
      return stream.length() + Long.BYTES * frames.size();
    }
  }

  private final VideoModelProvider provider;
  private final ModelLimits limits;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient SharedModel model;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient AsyncCache<Key, byte[]> windows;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Counter captionsSkipped;

  /** Makes one that resamples with the provider's model. */
  public ResampleAsked(VideoModelProvider provider, ModelLimits limits) {
    this.provider = provider;
    this.limits = limits;
  }

  @Override
  public void open(OpenContext context) throws IOException {
    model = SharedModel.acquire(provider, limits);
    windows =
        Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_BYTES)
            .<Key, byte[]>weigher((key, tokens) -> key.bytes() + tokens.length)
            .executor(Runnable::run)
            .buildAsync();
    captionsSkipped = getRuntimeContext().getMetricGroup().counter("captionsSkipped");
  }

  @Override
  public void asyncInvoke(AnswerTask task, ResultFuture<AnswerTask> result) {
    AskedWindow window = task.window();
    if (window == null) {
      result.complete(List.of(task));
    } else if (task.isCaption() && !model.answerer().takesCaptions()) {
      captionsSkipped.inc();
      result.complete(List.of());
    } else {
      var unused =
          resampled(task, window)
              .whenComplete((shown, error) -> result.complete(List.of(end(task, shown, error))));
    }
  }

  private static AnswerTask end(
      AnswerTask task, @Nullable AnswerTask shown, @Nullable Throwable error) {
    if (shown == null) {
      LOG.error(
          "what {} on stream {} looks at cannot be resampled", task.id(), task.stream(), error);
      return task;
    }
    return shown;
  }

  private CompletableFuture<AnswerTask> resampled(AnswerTask task, AskedWindow window) {
    CompletableFuture<AskedWindow> shown = resampled(task.stream(), window);
    List<CompletableFuture<ShownExample>> examples = new ArrayList<>();
    for (ShownExample example : task.examples()) {
      AskedWindow own = example.window();
      examples.add(
          own == null
              ? CompletableFuture.completedFuture(example)
              : resampled(task.stream(), own).thenApply(example::showing));
    }
    return CompletableFuture.allOf(examples.toArray(CompletableFuture<?>[]::new))
        .thenCombine(
            shown,
            (done, seen) ->
                task.showing(
                    seen,
                    examples.stream().map(CompletableFuture::join).toArray(ShownExample[]::new)));
  }

  private CompletableFuture<AskedWindow> resampled(String stream, AskedWindow window) {
    byte @Nullable [][] features = window.features();
    if (!window.model().equals(model.id())) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("the window was seen by another model: " + window.model()));
    }
    if (features == null) {
      return CompletableFuture.completedFuture(window);
    }
    Key key = new Key(stream, LongStream.of(window.frames()).boxed().toList());
    return windows
        .get(
            key,
            (missing, unused) ->
                model.resampler().submit(new WindowFeatures(Arrays.asList(features))))
        .thenApply(window::resampled);
  }

  @Override
  public void timeout(AnswerTask task, ResultFuture<AnswerTask> result) {
    result.complete(List.of(task));
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
  }
}
