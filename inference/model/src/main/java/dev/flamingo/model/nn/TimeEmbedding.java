package dev.flamingo.model.nn;

/**
 * How the learnt time embeddings are mixed for a window of frames (appendix B.1.2): frame i takes
 * embedding i, so that an image takes the first; a window longer than the embeddings spreads them
 * over its frames and interpolates linearly in between.
 */
public final class TimeEmbedding {

  private TimeEmbedding() {}

  /**
   * Returns the weight of every learnt embedding for every frame, row by row, with both ends kept.
   *
   * @param frames frames in the window
   * @param learnt number of learnt embeddings
   * @return {@code [frames, learnt]}
   */
  public static float[] weights(int frames, int learnt) {
    return weights(frames, learnt, TimeInterpolation.ENDS);
  }

  /**
   * Returns the weight of every learnt embedding for every frame, row by row.
   *
   * @param frames frames in the window
   * @param learnt number of learnt embeddings; 0 for a model without
   * @param interpolation for windows longer than that
   * @return {@code [frames, learnt]}
   */
  public static float[] weights(int frames, int learnt, TimeInterpolation interpolation) {
    float[] weights = new float[frames * learnt];
    if (learnt == 0) {
      return weights;
    }
    for (int i = 0; i < frames; i++) {
      double position = frames <= learnt ? i : interpolation.position(i, frames, learnt);
      int low = (int) position;
      int high = Math.min(low + 1, learnt - 1);
      double share = position - low;
      weights[i * learnt + low] += (float) (1 - share);
      weights[i * learnt + high] += (float) share;
    }
    return weights;
  }
}
