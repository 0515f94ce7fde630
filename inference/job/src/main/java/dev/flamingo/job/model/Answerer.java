package dev.flamingo.job.model;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the language model answer, on one thread of its own: a row of its batch for every answer that
 * is being made, and a fair queue for those that wait for one. Questions go before captions, which
 * never hold more than half of the rows. A question whose future is completed by somebody else, at
 * its deadline or because it was withdrawn, has left its row before the next token. Where the batch
 * as a whole fails, so do all that are in it or wait, and the next question gets a new one.
 */
public final class Answerer implements AutoCloseable {

  private record Waiting(ModelQuestion question, CompletableFuture<ModelAnswer> answer) {

    boolean isGone() {
      return answer.isDone();
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Answerer.class);

  private final AnswererLimits limits;
  private final LongSupplier nanoTime;
  private final ModelThread thread;
  private final LongAdder steps = new LongAdder();
  private final LongAdder rowsStepped = new LongAdder();
  private final LongAdder answers = new LongAdder();

  @GuardedBy("this")
  private final FairQueue<Waiting> questions;

  @GuardedBy("this")
  private final FairQueue<Waiting> captions;

  @GuardedBy("this")
  private final Set<Waiting> running = Collections.newSetFromMap(new IdentityHashMap<>());

  @GuardedBy("this")
  private final AnswerPace pace = new AnswerPace();

  @GuardedBy("this")
  private boolean closed;

  /**
   * Makes one and starts its thread.
   *
   * @param name of the thread
   * @param batches opens the model's batch; called again where one fails
   * @param nanoTime nanoseconds since any moment
   */
  public Answerer(
      String name, AnswererLimits limits, Supplier<AnswerBatch> batches, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    questions = new FairQueue<>(limits.waiting());
    captions = new FairQueue<>(limits.captions());
    thread = new ModelThread(name, () -> run(batches));
    thread.start();
  }

  /**
   * Puts a question or a caption in the queue.
   *
   * @param stream whose turn it takes
   * @param answer completed with what the model says; fails with {@link RejectedExecutionException}
   *     where there is no place, at once or when it gives way to a stream that has fewer waiting.
   *     The caller may complete it to withdraw the question
   */
  public void submit(String stream, ModelQuestion question, CompletableFuture<ModelAnswer> answer) {
    Waiting newcomer = new Waiting(question, answer);
    Waiting refused;
    boolean late;
    synchronized (this) {
      refused = closed ? newcomer : enqueue(stream, newcomer);
      late = closed;
      notifyAll();
    }
    if (refused != null) {
      // Outside the lock: whoever waits for it goes on from here.
      refused.answer().completeExceptionally(late ? closedNow() : full());
    }
  }

  @GuardedBy("this")
  private @Nullable Waiting enqueue(String stream, Waiting newcomer) {
    FairQueue<Waiting> queue = newcomer.question().isCaption() ? captions : questions;
    if (queue.isFull()) {
      queue.removeIf(Waiting::isGone);
    }
    return queue.offer(stream, newcomer);
  }

  /** Returns the limits. */
  public AnswererLimits limits() {
    return limits;
  }

  /** Returns the number of questions that wait. */
  public synchronized int waiting() {
    return questions.size();
  }

  /** Returns the number of captions that wait. */
  public synchronized int captionsWaiting() {
    return captions.size();
  }

  /** Returns the number of answers that are being made. */
  public synchronized int running() {
    return running.size();
  }

  /** Returns how many steps the model has made so far. */
  public long steps() {
    return steps.sum();
  }

  /** Returns the sum of the answers that were being made over all steps. */
  public long rowsStepped() {
    return rowsStepped.sum();
  }

  /** Returns the number of answers that have ended so far. */
  public long answers() {
    return answers.sum();
  }

  /**
   * Returns whether a caption would find a place: not while questions enough to fill a batch wait.
   */
  public synchronized boolean takesCaptions() {
    return questions.size() < limits.rows() && captions.size() < limits.captions();
  }

  /**
   * Returns how long the answer to a question of a stream that came now would probably take, as
   * answers have taken lately; nothing where a row is free for it.
   */
  public synchronized Duration expected(String stream) {
    int ahead = questions.ahead(stream);
    if (running.size() + ahead < limits.rows()) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) (pace.answerNanos() * (1 + (ahead + 1.0) / limits.rows())));
  }

  private void run(Supplier<AnswerBatch> batches) {
    try {
      while (isWanted()) {
        try (AnswerBatch batch = batches.get()) {
          answer(batch);
        } catch (RuntimeException | Error e) {
          endAll(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      abandon();
    }
  }

  private void answer(AnswerBatch batch) throws InterruptedException {
    while (isWanted()) {
      for (Waiting next = admit(); next != null; next = admit()) {
        start(batch, next);
      }
      int rows = running();
      if (rows > 0) {
        try {
          step(batch, rows);
        } catch (RuntimeException | Error e) {
          // Before the batch is closed, which would say that they were withdrawn.
          endAll(e);
          return;
        }
      }
    }
  }

  private void step(AnswerBatch batch, int rows) {
    steps.increment();
    rowsStepped.add(rows);
    long begun = nanoTime.getAsLong();
    batch.step();
    long nanos = nanoTime.getAsLong() - begun;
    synchronized (this) {
      pace.add(rows, rows - running.size(), nanos);
    }
  }

  /** Waits until there is something to do; false when this is closed. */
  private synchronized boolean isWanted() throws InterruptedException {
    while (!closed && running.size() + questions.size() + captions.size() == 0) {
      wait();
    }
    return !closed;
  }

  /** Gives a row to whose turn it is; null where none is free or nobody waits. */
  private synchronized @Nullable Waiting admit() {
    while (running.size() < limits.rows()) {
      Waiting next = questions.poll();
      if (next == null && captionsRunning() < Math.max(1, limits.rows() / 2)) {
        next = captions.poll();
      }
      if (next == null) {
        return null;
      }
      if (!next.isGone()) {
        running.add(next);
        return next;
      }
    }
    return null;
  }

  @GuardedBy("this")
  private long captionsRunning() {
    return running.stream().filter(row -> row.question().isCaption()).count();
  }

  private void start(AnswerBatch batch, Waiting waiting) {
    var unused =
        join(batch, waiting.question()).whenComplete((said, error) -> end(waiting, said, error));
  }

  private static CompletableFuture<ModelAnswer> join(AnswerBatch batch, ModelQuestion question) {
    try {
      return batch.join(question);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void end(Waiting waiting, @Nullable ModelAnswer said, @Nullable Throwable error) {
    synchronized (this) {
      if (!running.remove(waiting)) {
        return;
      }
    }
    answers.increment();
    if (said != null) {
      waiting.answer().complete(said);
    } else {
      waiting
          .answer()
          .completeExceptionally(
              error == null || error instanceof CancellationException ? closedNow() : error);
    }
  }

  /**
   * Fails what is being answered, and what waits: it would meet the same fault. Errors are treated
   * like exceptions: without its thread every question would be refused.
   */
  private void endAll(Throwable fault) {
    LOG.error("the batch of answers failed and is opened anew", fault);
    List<Waiting> all;
    synchronized (this) {
      all = new ArrayList<>(running);
      for (Waiting next = poll(); next != null; next = poll()) {
        running.add(next);
        all.add(next);
      }
    }
    all.forEach(waiting -> end(waiting, null, fault));
  }

  private void abandon() {
    for (Waiting left = next(); left != null; left = next()) {
      left.answer().completeExceptionally(closedNow());
    }
  }

  /** Takes who still waits when this ends. */
  private synchronized @Nullable Waiting next() {
    closed = true;
    return poll();
  }

  @GuardedBy("this")
  private @Nullable Waiting poll() {
    Waiting next = questions.poll();
    return next == null ? captions.poll() : next;
  }

  private RejectedExecutionException full() {
    return new RejectedExecutionException("%d questions are waiting already".formatted(waiting()));
  }

  private RejectedExecutionException closedNow() {
    return new RejectedExecutionException(thread.name() + " is closed");
  }

  /** Refuses what waits or is being answered, and returns when the step under way has ended. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.close();
  }
}
