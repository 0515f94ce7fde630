package dev.flamingo.training.recipe;

import ai.djl.ndarray.NDArray;
import dev.flamingo.training.objective.NextToken;
import dev.flamingo.training.objective.TextBatch;
import dev.flamingo.training.optimize.Objective;
import dev.flamingo.training.run.Prefetch;
import dev.flamingo.training.run.TrainedModel;

/** The next token of text alone: what a language model learns before it sees. */
final class BlindText implements Objective, AutoCloseable {

  private final NextToken nextToken;
  private final Prefetch<TextBatch> batches;

  BlindText(TrainedModel model, BatchMaker batches) {
    nextToken = model.nextToken();
    this.batches = new Prefetch<>(batches::blind);
  }

  @Override
  public NDArray loss(int step) {
    return nextToken.loss(batches.at(step));
  }

  @Override
  public void close() {
    batches.close();
  }
}
