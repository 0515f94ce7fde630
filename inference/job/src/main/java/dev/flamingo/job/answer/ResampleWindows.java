package dev.flamingo.job.answer;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flamingo.job.model.BatchMetrics;
import dev.flamingo.job.model.ModelLimits;
import dev.flamingo.job.model.SharedModel;
import dev.flamingo.job.model.VideoModelProvider;
import dev.flamingo.job.model.WindowFeatures;
import dev.flamingo.job.state.StoredVisualTaskV1;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes visual tokens of the windows of the history and of those that tasks look at, each once
 * however many ask about it: most sliding windows are never asked about. Everything passes in its
 * order. Captions are left out, before anything is spent on them, while there are questions enough
 * to fill a batch. A task whose window cannot be resampled goes on as it is, so that its question
 * ends; a window of the history is lost, and counted. Images of examples go on, too: they wait for
 * the encoder, and the tasks behind must not.
 */
public final class ResampleWindows extends RichAsyncFunction<StoredVisualTaskV1, VisualTask> {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(ResampleWindows.class);

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

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Counter windowsLost;

  /** Makes one that resamples with the provider's model. */
  public ResampleWindows(VideoModelProvider provider, ModelLimits limits) {
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
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    BatchMetrics.register(metrics, model.resampler());
    captionsSkipped = metrics.counter("captionsSkipped");
    windowsLost = metrics.counter("windowsLost");
  }

  @Override
  public void asyncInvoke(StoredVisualTaskV1 stored, ResultFuture<VisualTask> result) {
    VisualTask task = VisualTask.of(stored);
    AskedWindow history = task.history();
    AnswerTask answer = task.answer();
    AskedWindow window = answer == null ? null : answer.window();
    if (history != null) {
      var unused =
          resampled(task.stream(), history)
              .whenComplete((shown, error) -> endHistory(task, shown, error, result));
    } else if (answer == null || window == null) {
      result.complete(List.of(task));
    } else if (answer.isCaption() && !model.answerer().takesCaptions()) {
      captionsSkipped.inc();
      result.complete(List.of());
    } else {
      var unused =
          resampled(answer, window)
              .whenComplete(
                  (shown, error) ->
                      result.complete(List.of(VisualTask.of(end(answer, shown, error)))));
    }
  }

  private void endHistory(
      VisualTask task,
      @Nullable AskedWindow shown,
      @Nullable Throwable error,
      ResultFuture<VisualTask> result) {
    if (shown == null) {
      lose(task.stream(), error, result);
    } else {
      result.complete(List.of(VisualTask.history(task.stream(), shown)));
    }
  }

  private void lose(String stream, @Nullable Throwable error, ResultFuture<VisualTask> result) {
    windowsLost.inc();
    LOG.warn("a window of stream {} is lost to the history", stream, error);
    result.complete(List.of());
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
  public void timeout(StoredVisualTaskV1 stored, ResultFuture<VisualTask> result) {
    VisualTask task = VisualTask.of(stored);
    if (task.history() != null) {
      lose(task.stream(), new TimeoutException("the resampler took too long"), result);
    } else {
      result.complete(List.of(task));
    }
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
  }
}
