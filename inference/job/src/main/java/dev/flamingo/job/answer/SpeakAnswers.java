package dev.flamingo.job.answer;

import dev.flamingo.events.Answer;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.model.BatchMetrics;
import dev.flamingo.job.model.ModelAnswer;
import dev.flamingo.job.model.ModelExample;
import dev.flamingo.job.model.ModelLimits;
import dev.flamingo.job.model.ModelQuestion;
import dev.flamingo.job.model.SharedModel;
import dev.flamingo.job.model.VideoModelProvider;
import dev.flamingo.job.state.StoredTaskV1;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/**
 * Has the language model answer, in a batch across all streams. Every question ends: by the model,
 * at its deadline, withdrawn, or at once where its answer would probably come after its deadline.
 */
public final class SpeakAnswers extends RichAsyncFunction<StoredTaskV1, OutboundRecord> {

  private static final long serialVersionUID = 1;

  /** Bounds the heap: a question may bring pictures of most of a megabyte. */
  private static final long MOST_EXAMPLE_BYTES = 64L << 20;

  private final VideoModelProvider provider;
  private final ModelLimits limits;
  private final Map<String, Object> kafka;
  private final String prefix;
  private final boolean holdUnfamiliar;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient SharedModel model;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ExampleTokens examples;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient AtomicLong exampleBytes;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient DeltaPublisher deltas;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient AnswerRecords records;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient InstantSource clock;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Map<String, RunningAnswer> running;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Counter captionsHeldBack;

  private transient @Nullable ModelHeartbeat heartbeat;

  /**
   * Makes one that answers with the provider's model.
   *
   * @param kafka settings of the producer of deltas
   * @param prefix of the topics
   * @param holdUnfamiliar whether captions of unfamiliar pictures are held back
   */
  public SpeakAnswers(
      VideoModelProvider provider,
      ModelLimits limits,
      Map<String, Object> kafka,
      String prefix,
      boolean holdUnfamiliar) {
    this.provider = provider;
    this.limits = limits;
    this.kafka = kafka;
    this.prefix = prefix;
    this.holdUnfamiliar = holdUnfamiliar;
  }

  @Override
  public void open(OpenContext context) throws IOException {
    Topics topics = new Topics(prefix);
    clock = InstantSource.system();
    records = new AnswerRecords(topics);
    running = new ConcurrentHashMap<>();
    model = SharedModel.acquire(provider, limits);
    examples = new ExampleTokens(model);
    exampleBytes = new AtomicLong();
    deltas =
        new DeltaPublisher(
            kafka, topics, getRuntimeContext().getTaskInfo().getAttemptNumber(), clock);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    BatchMetrics.register(metrics, model.answerer());
    BatchMetrics.register(metrics, model.counters());
    captionsHeldBack = metrics.counter("captionsHeldBack");
    if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
      heartbeat = new ModelHeartbeat(kafka, topics, model.description(), clock);
      heartbeat.start();
    }
  }

  @Override
  public void asyncInvoke(StoredTaskV1 stored, ResultFuture<OutboundRecord> result) {
    AnswerTask task = AnswerTask.of(stored);
    AskedWindow window = task.window();
    String key = task.stream() + "/" + task.id();
    if (window == null) {
      RunningAnswer answer = running.get(key);
      if (answer != null) {
        answer.future().cancel(false);
      }
      result.complete(List.of());
      return;
    }
    RunningAnswer answer = new RunningAnswer(task, deltas, clock);
    running.put(key, answer);
    exampleBytes.addAndGet(task.exampleBytes());
    var unused =
        answer
            .future()
            .handle((said, error) -> end(answer, window, said, error))
            .whenComplete(
                (records, failure) -> {
                  running.remove(key, answer);
                  exampleBytes.addAndGet(-task.exampleBytes());
                  if (failure == null) {
                    result.complete(records);
                  } else {
                    result.completeExceptionally(failure);
                  }
                });
    start(answer, window);
  }

  private void start(RunningAnswer answer, AskedWindow window) {
    AnswerTask task = answer.task();
    CompletableFuture<ModelAnswer> future = answer.future();
    long left = task.deadline() - clock.millis();
    Duration expected = task.isCaption() ? Duration.ZERO : model.answerer().expected(task.stream());
    if (left <= 0) {
      future.completeExceptionally(new TimeoutException());
    } else if (expected.toMillis() > left) {
      future.completeExceptionally(
          new RejectedExecutionException(
              "%d questions are waiting, and an answer would take about %d ms"
                  .formatted(model.answerer().waiting(), expected.toMillis())));
    } else if (task.exampleBytes() > 0 && exampleBytes.get() > MOST_EXAMPLE_BYTES) {
      future.completeExceptionally(
          new RejectedExecutionException("the examples of all questions are too large together"));
    } else {
      var unusedTimeout = future.orTimeout(left, TimeUnit.MILLISECONDS);
      var unused =
          examples
              .see(task.examples())
              .whenComplete((seen, error) -> ask(answer, window, seen, error));
    }
  }

  private void ask(
      RunningAnswer answer,
      AskedWindow window,
      @Nullable List<ModelExample> seen,
      @Nullable Throwable error) {
    AnswerTask task = answer.task();
    byte[] tokens = window.tokens();
    if (tokens == null) {
      answer
          .future()
          .completeExceptionally(new IllegalStateException("the window is not resampled"));
      return;
    }
    if (seen != null) {
      model
          .answerer()
          .submit(
              task.stream(),
              new ModelQuestion(task.text(), tokens, seen, task.maxTokens(), answer, answer),
              answer.future());
      return;
    }
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof IllegalArgumentException) {
      answer.future().complete(ModelAnswer.refused(String.valueOf(cause.getMessage())));
    } else {
      answer
          .future()
          .completeExceptionally(cause == null ? new IllegalStateException("no example") : cause);
    }
  }

  private List<OutboundRecord> end(
      RunningAnswer answer,
      AskedWindow window,
      @Nullable ModelAnswer said,
      @Nullable Throwable error) {
    long now = clock.millis();
    AnswerEnding ending = new AnswerEnding(answer, window, model.id(), now);
    // The last token may have come after the deadline, whose own thread is late under load.
    Answer end =
        said != null && answer.isLate(now)
            ? ending.of(null, new TimeoutException())
            : ending.of(said, error);
    if (end == null) {
      return List.of();
    }
    if (holdUnfamiliar && answer.task().isCaption() && Boolean.FALSE.equals(end.familiar())) {
      captionsHeldBack.inc();
      return List.of();
    }
    return List.of(records.bounded(end, clock.instant()));
  }

  /** Never reached by a question, whose deadline is shorter; it must not fail the job. */
  @Override
  public void timeout(StoredTaskV1 task, ResultFuture<OutboundRecord> result) {
    RunningAnswer answer = running.get(task.stream() + "/" + task.id());
    if (answer == null || !answer.future().completeExceptionally(new TimeoutException())) {
      result.complete(List.of());
    }
  }

  @Override
  public void close() {
    if (heartbeat != null) {
      heartbeat.close();
    }
    if (running != null) {
      running.values().forEach(answer -> answer.future().cancel(false));
    }
    if (model != null) {
      model.close();
    }
    if (deltas != null) {
      deltas.close();
    }
  }
}
