package dev.flamingo.model.serving;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Visual tokens that look like the work of a {@link RandomBundle}'s resampler, one after another.
 */
final class RandomWindows {

  private static final int LATENTS = 6;
  private static final int WIDTH = 24;

  private final SplittableRandom random;

  RandomWindows(long seed) {
    random = new SplittableRandom(seed);
  }

  VisualTokens next() {
    float[] values = new float[LATENTS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new VisualTokens(LATENTS, WIDTH, values);
  }

  static VisualTokens copy(VisualTokens window) {
    return new VisualTokens(window.count(), window.width(), window.values().clone());
  }

  /** Returns a window with which no model can do anything. */
  static VisualTokens damaged() {
    float[] values = new float[LATENTS * WIDTH];
    Arrays.fill(values, Float.NaN);
    return new VisualTokens(LATENTS, WIDTH, values);
  }
}
