package dev.flamingo.training.recipe;

import ai.djl.ndarray.NDArray;
import dev.flamingo.model.tensor.Tensor;
import dev.flamingo.training.objective.NextToken;
import dev.flamingo.training.optimize.Objective;
import dev.flamingo.training.run.Prefetch;
import dev.flamingo.training.run.TrainedModel;
import org.jspecify.annotations.Nullable;

/** The next token of text that sees its media (section 2.4). */
final class SeenText implements Objective, AutoCloseable {

  private final TrainedModel model;
  private final NextToken nextToken;
  private final Prefetch<SeenBatch> batches;

  SeenText(TrainedModel model, BatchMaker batches) {
    this.model = model;
    nextToken = model.nextToken();
    this.batches = new Prefetch<>(batches::seen);
  }

  @Override
  public NDArray loss(int step) {
    SeenBatch batch = batches.at(step);
    @Nullable Tensor visual = null;
    for (SeenBatch.Group group : batch.media()) {
      Tensor patches = model.patches(group.pixels(), group.count() * group.frames());
      Tensor tokens = model.visual(patches, group.count(), group.frames());
      visual = visual == null ? tokens : visual.concat(tokens, 0);
    }
    if (visual == null) {
      throw new IllegalStateException("a batch without any medium cannot train the visual layers");
    }
    return nextToken.loss(batch.text(), model.look(visual, batch.rows()), batch.rows()[0].length);
  }

  @Override
  public void close() {
    batches.close();
  }
}
