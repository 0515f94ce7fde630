package dev.flamingo.training.recipe;

import ai.djl.ndarray.NDArray;
import dev.flamingo.training.objective.Contrastive;
import dev.flamingo.training.optimize.Objective;
import dev.flamingo.training.run.Prefetch;
import dev.flamingo.training.run.TrainedModel;

/** Pictures against captions (appendix B.1.3), one frame of each example. */
final class Contrast implements Objective, AutoCloseable {

  private final TrainedModel model;
  private final Contrastive contrastive;
  private final Prefetch<SeenBatch> batches;

  /**
   * Prepares the objective of one corpus.
   *
   * @param contrastive the text tower and joint space, shared by all corpora
   */
  Contrast(TrainedModel model, Contrastive contrastive, BatchMaker batches) {
    this.model = model;
    this.contrastive = contrastive;
    this.batches = new Prefetch<>(batches::captioned);
  }

  @Override
  public NDArray loss(int step) {
    SeenBatch batch = batches.at(step);
    SeenBatch.Group pictures = batch.media().get(0);
    return contrastive.loss(model.patches(pictures.pixels(), pictures.count()), batch.text());
  }

  @Override
  public void close() {
    batches.close();
  }
}
