package dev.flamingo.job.answer;

import dev.flamingo.job.model.ModelAnswer;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * An answer on its way: what the model hears and says of it. Whatever ends its future first, the
 * model, the deadline or a withdrawal, has ended it.
 */
final class RunningAnswer implements BooleanSupplier, Consumer<String> {

  private final CompletableFuture<ModelAnswer> future = new CompletableFuture<>();
  private final AnswerTask task;
  private final DeltaPublisher deltas;
  private final InstantSource clock;
  private int pieces;
  private volatile long startedAt = -1;
  private volatile long firstTokenAt = -1;

  RunningAnswer(AnswerTask task, DeltaPublisher deltas, InstantSource clock) {
    this.task = task;
    this.deltas = deltas;
    this.clock = clock;
  }

  CompletableFuture<ModelAnswer> future() {
    return future;
  }

  AnswerTask task() {
    return task;
  }

  /** Tells the model whether to stop. It asks before the first token, so this is the start too. */
  @Override
  public boolean getAsBoolean() {
    if (startedAt < 0) {
      startedAt = clock.millis();
    }
    return future.isDone();
  }

  /** Takes a piece of text from the model. */
  @Override
  public void accept(String piece) {
    if (firstTokenAt < 0) {
      firstTokenAt = clock.millis();
    }
    if (isLate(clock.millis())) {
      future.completeExceptionally(new TimeoutException());
    } else if (!future.isDone() && !task.isCaption()) {
      deltas.send(task.id(), pieces++, piece);
    }
  }

  /** Returns whether its deadline has passed: from then on it says nothing more. */
  boolean isLate(long now) {
    return now > task.deadline();
  }

  /** Returns when the model began with it, or the given time where it never did. */
  long startedAt(long otherwise) {
    return startedAt < 0 ? otherwise : startedAt;
  }

  /** Returns when the first piece came, or the given time where none did. */
  long firstTokenAt(long otherwise) {
    return firstTokenAt < 0 ? otherwise : firstTokenAt;
  }
}
