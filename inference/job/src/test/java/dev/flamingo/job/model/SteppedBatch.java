package dev.flamingo.job.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes as many tokens of an answer as are allowed, one a step; a step is made when a test permits
 * it, and takes 100 ms of the test's time.
 */
final class SteppedBatch implements AnswerBatch {

  static final long STEP_NANOS = 100_000_000;

  private record Making(ModelQuestion question, CompletableFuture<ModelAnswer> answer, int since) {}

  final Semaphore permits = new Semaphore(0);
  final List<String> begun = new CopyOnWriteArrayList<>();
  final AtomicLong nanos = new AtomicLong();
  private final List<Making> making = new ArrayList<>();
  private int step;

  @Override
  public CompletableFuture<ModelAnswer> join(ModelQuestion question) {
    String text = question.text();
    if ("poison".equals(text)) {
      throw new IllegalStateException("poisoned");
    }
    begun.add(text == null ? "caption" : text);
    CompletableFuture<ModelAnswer> answer = new CompletableFuture<>();
    making.add(new Making(question, answer, step));
    return answer;
  }

  @Override
  public void step() {
    permits.acquireUninterruptibly();
    nanos.addAndGet(STEP_NANOS);
    step++;
    for (Making one : List.copyOf(making)) {
      if (one.question().cancelled().getAsBoolean()) {
        end(one, ModelAnswer.Finish.CANCELLED);
      } else if (step - one.since() == one.question().maxTokens()) {
        end(one, ModelAnswer.Finish.STOP);
      }
    }
  }

  private void end(Making one, ModelAnswer.Finish finish) {
    making.remove(one);
    one.answer().complete(new ModelAnswer("said", finish, 1));
  }

  @Override
  public void close() {
    making.forEach(one -> one.answer().completeExceptionally(new CancellationException()));
  }
}
