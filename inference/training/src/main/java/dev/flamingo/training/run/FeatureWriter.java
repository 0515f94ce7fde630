package dev.flamingo.training.run;

import ai.djl.ndarray.NDScope;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.tensor.Tensor;
import dev.flamingo.training.optimize.Progress;
import java.io.IOException;
import java.util.function.IntFunction;

/** Fills caches with the frozen encoder's features, going on where an earlier run stopped. */
public final class FeatureWriter {

  private static final int FRAMES = 32;

  private final TrainedModel model;
  private final Progress progress;

  /** Prepares to write what a model's encoder sees. */
  public FeatureWriter(TrainedModel model, Progress progress) {
    this.model = model;
    this.progress = progress;
  }

  /**
   * Writes the features of all media that a cache lacks.
   *
   * @param name for the progress
   * @param count number of media at least; the last batch is filled up
   * @param frames frames in each
   * @param pixels the frames of a medium {@code [frames, 3, size, size]}
   * @throws IOException if the cache cannot be written
   */
  public void fill(
      FeatureCache cache, String name, int count, int frames, IntFunction<float[]> pixels)
      throws IOException {
    int group = FRAMES / frames;
    // A kill may have cut a group: it is written again.
    int first = cache.media() / group;
    int last = (count + group - 1) / group;
    try (Prefetch<float[]> batches = new Prefetch<>(number -> batch(number, group, pixels));
        Progress.Bar bar = progress.start(name, first, last)) {
      for (int number = first; number < last; number++) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          Tensor patches = model.patches(batches.at(number), group * frames);
          cache.write(number * group, ((EagerTensor) patches).array().toFloatArray());
        }
        bar.step(number);
      }
    }
  }

  private static float[] batch(int number, int group, IntFunction<float[]> pixels) {
    float[] first = pixels.apply(number * group);
    float[] all = new float[group * first.length];
    System.arraycopy(first, 0, all, 0, first.length);
    for (int i = 1; i < group; i++) {
      System.arraycopy(pixels.apply(number * group + i), 0, all, i * first.length, first.length);
    }
    return all;
  }
}
