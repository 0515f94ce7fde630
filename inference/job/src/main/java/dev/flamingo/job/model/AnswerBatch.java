package dev.flamingo.job.model;

import java.util.concurrent.CompletableFuture;

/**
 * Questions that a model answers together, one token each in every step; they come and go between
 * steps. For one thread at a time, which also completes the answers.
 */
public interface AnswerBatch extends AutoCloseable {

  /**
   * Takes a question in, from the next step on. The caller bounds how many there are.
   *
   * @return its answer; {@link ModelAnswer.Finish#REFUSED} where the model cannot take such a
   *     question; fails where the model does, or the batch is closed before
   */
  CompletableFuture<ModelAnswer> join(ModelQuestion question);

  /** Makes one more token of every answer; what fails does so in its own future. */
  void step();

  /** Fails what has not ended, with a {@link java.util.concurrent.CancellationException}. */
  @Override
  void close();
}
