package dev.flamingo.training.objective;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.nn.Chunks;

/** Sorts the tokens of a batch by the medium that each sees. */
final class ChunkSorter {

  private final NDManager manager;

  ChunkSorter(NDManager manager) {
    this.manager = manager;
  }

  /**
   * Sorts.
   *
   * @param batch its last token predicts nothing and is left out
   * @param media number of media in a row
   */
  Chunks sort(TextBatch batch, int media) {
    int length = batch.length() - 1;
    int groups = batch.rows() * media;
    int[] counts = new int[groups];
    int[] groupOf = new int[batch.rows() * length];
    for (int token = 0; token < groupOf.length; token++) {
      int row = token / length;
      int medium = batch.medium()[row * batch.length() + token % length];
      groupOf[token] = medium < 0 ? -1 : row * media + medium;
      if (medium >= 0) {
        counts[groupOf[token]]++;
      }
    }
    int most = 1;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    long[] gather = new long[groups * most];
    long[] scatter = new long[groupOf.length];
    float[] sees = new float[groupOf.length];
    int[] filled = new int[groups];
    for (int token = 0; token < groupOf.length; token++) {
      int group = groupOf[token];
      if (group >= 0) {
        int place = group * most + filled[group]++;
        gather[place] = token;
        scatter[token] = place;
        sees[token] = 1;
      }
    }
    return new Chunks(
        new EagerTensor(manager.create(gather, new Shape(groups, most))),
        new EagerTensor(manager.create(scatter, new Shape(batch.rows(), length))),
        new EagerTensor(manager.create(sees, new Shape(batch.rows(), length, 1))));
  }
}
