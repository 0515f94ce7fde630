package dev.flamingo.model.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Answers of which a step makes as many as one call of the engine holds, each as a whole. */
final class WholeBatch implements GenerationBatch {

  private final WholeAnswers answers;
  private final List<WholeAnswers.Row> waiting = new ArrayList<>();

  WholeBatch(WholeAnswers answers) {
    this.answers = answers;
  }

  @Override
  public CompletableFuture<GeneratedAnswer> join(AnswerRequest request) {
    WholeAnswers.Row row = answers.row(request);
    waiting.add(row);
    return row.answer().answer();
  }

  @Override
  public int size() {
    return waiting.size();
  }

  /** Makes the answer that waits longest, and those that share its call. */
  @Override
  public void step() {
    List<WholeAnswers.Row> wanted = answers.wanted(waiting);
    waiting.clear();
    if (!wanted.isEmpty()) {
      List<WholeAnswers.Row> together = answers.together(wanted);
      wanted.removeAll(together);
      waiting.addAll(wanted);
      try {
        answers.answer(together);
      } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
        together.forEach(row -> row.answer().fail(e));
      }
    }
  }

  @Override
  public void close() {
    CancellationException closed = new CancellationException("the batch was closed");
    waiting.forEach(row -> row.answer().fail(closed));
    waiting.clear();
  }
}
