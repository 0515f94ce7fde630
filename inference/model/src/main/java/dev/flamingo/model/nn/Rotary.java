package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/**
 * Rotary position embedding (arXiv 2104.09864): pairs (i, i + half) of a head turn with the
 * position.
 */
final class Rotary {

  private static final double BASE = 10_000;

  private final int width;
  private final Tensor cosines;
  private final Tensor sines;

  Rotary(int width, int context, Parameters parameters) {
    this.width = width;
    int half = width / 2;
    float[] cosine = new float[context * width];
    float[] sine = new float[context * width];
    for (int position = 0; position < context; position++) {
      for (int i = 0; i < width; i++) {
        double angle = position * Math.pow(BASE, -2.0 * (i % half) / width);
        cosine[position * width + i] = (float) Math.cos(angle);
        sine[position * width + i] = (float) Math.sin(angle);
      }
    }
    cosines = parameters.constant("cosines", cosine, context, width);
    sines = parameters.constant("sines", sine, context, width);
  }

  /** Returns the turn of every position {@code [batch, tokens]}. */
  Turn at(Tensor positions) {
    return new Turn(
        cosines.rows(positions).reshape(0, 1, -1, width),
        sines.rows(positions).reshape(0, 1, -1, width));
  }

  /** Cosine and sine for every token, the same for all heads: {@code [batch, 1, tokens, width]}. */
  record Turn(Tensor cosine, Tensor sine) {

    /** Returns queries or keys {@code [batch, heads, tokens, width]} turned by their positions. */
    Tensor apply(Tensor x, int width) {
      int half = width / 2;
      Tensor turned = x.slice(3, half, width).mul(-1).concat(x.slice(3, 0, half), 3);
      return x.mul(cosine).add(turned.mul(sine));
    }
  }
}
