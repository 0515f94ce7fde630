package dev.flamingo.model.nn;

/**
 * Where on the axis of the learnt time embeddings the frames of a longer window lie. The paper
 * interpolates linearly from 8 to 30 (appendix B.1.2) and does not say where the ends come to lie.
 */
public enum TimeInterpolation {
  /** The first frame on the first embedding, the last on the last. */
  ENDS {
    @Override
    double position(int frame, int frames, int learnt) {
      return (double) frame * (learnt - 1) / (frames - 1);
    }
  },

  /**
   * Every frame at the middle of its share of the axis, the outermost moved onto the nearest
   * embedding.
   */
  CENTRES {
    @Override
    double position(int frame, int frames, int learnt) {
      double middle = (frame + 0.5) * learnt / frames - 0.5;
      return Math.max(0, Math.min(learnt - 1, middle));
    }
  };

  /** Returns a place between 0 and {@code learnt - 1}, for more frames than learnt embeddings. */
  abstract double position(int frame, int frames, int learnt);
}
