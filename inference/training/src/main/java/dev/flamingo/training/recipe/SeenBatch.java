package dev.flamingo.training.recipe;

import dev.flamingo.training.objective.TextBatch;
import java.util.List;

/**
 * A batch of examples, ready for the engine.
 *
 * @param text their tokens
 * @param media media of one length each, so that they are resampled together
 * @param rows for every row the numbers of its media, counted through all groups; as many in each
 *     row, the surplus seen by no token
 */
record SeenBatch(TextBatch text, List<Group> media, int[][] rows) {

  /**
   * Media of one length.
   *
   * @param count number of media
   * @param frames frames in each
   * @param pixels {@code [count, frames, 3, size, size]}
   */
  record Group(int count, int frames, float[] pixels) {}
}
