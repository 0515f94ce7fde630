package dev.flamingo.model.nn;

/**
 * How the learnt time embeddings are mixed for a window of frames (appendix B.1.2): frame i takes
 * embedding i; a window longer than the embeddings spreads them evenly over its frames, both ends
 * kept, and interpolates linearly in between.
 */
public final class TimeEmbedding {

  private TimeEmbedding() {}

  /**
   * Returns the weight of every learnt embedding for every frame, row by row.
   *
   * @param frames frames in the window
   * @param learnt number of learnt embeddings
   * @return {@code [frames, learnt]}
   */
  public static float[] weights(int frames, int learnt) {
    float[] weights = new float[frames * learnt];
    for (int i = 0; i < frames; i++) {
      double position = frames <= learnt ? i : (double) i * (learnt - 1) / (frames - 1);
      int low = (int) position;
      int high = Math.min(low + 1, learnt - 1);
      double share = position - low;
      weights[i * learnt + low] += (float) (1 - share);
      weights[i * learnt + high] += (float) share;
    }
    return weights;
  }
}
