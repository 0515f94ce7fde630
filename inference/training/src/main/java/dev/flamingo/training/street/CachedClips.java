package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.training.optimize.Progress;
import dev.flamingo.training.run.FeatureCache;
import dev.flamingo.training.run.FeatureWriter;
import dev.flamingo.training.run.TrainedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The frozen encoder's features of the clips of a run. Many are given backwards, with the truth
 * turned round: so a model learns to go by the order of the frames and not by which way things
 * look.
 */
final class CachedClips implements AutoCloseable {

  private static final double BACKWARDS = 0.4;

  private final TrainedModel model;
  private final TrainingClips clips;
  private final int count;
  private final int frame;
  private final FeatureCache cache;

  CachedClips(Path file, TrainedModel model, TrainingClips clips, int count) throws IOException {
    this.model = model;
    this.clips = clips;
    this.count = count;
    frame = model.frameValues();
    cache = new FeatureCache(file, StreetClip.FRAMES * frame);
  }

  /**
   * Clips with their features.
   *
   * @param features {@code [clips, frames, patches, channels]}
   */
  record Batch(List<StreetClip> clips, float[] features) {}

  void fill(Progress progress) throws IOException {
    try (StreetFrames frames = new StreetFrames(model.preprocessor())) {
      new FeatureWriter(model, progress)
          .fill(cache, "features", count, StreetClip.FRAMES, number -> pixels(number, frames));
    }
  }

  private float[] pixels(int number, StreetFrames frames) {
    StreetClip clip = clips.clip(number);
    int size = model.config().imageSize();
    int values = 3 * size * size;
    float[] pixels = new float[StreetClip.FRAMES * values];
    for (int second = 0; second < StreetClip.FRAMES; second++) {
      System.arraycopy(frames.pixels(clip, second), 0, pixels, second * values, values);
    }
    return pixels;
  }

  /** Reads the clips of a step. */
  Batch batch(String purpose, int step, int size) {
    SplittableRandom random = clips.random(purpose, step);
    float[] features = new float[size * StreetClip.FRAMES * frame];
    List<StreetClip> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int number = random.nextInt(count);
      int offset = i * StreetClip.FRAMES * frame;
      try {
        cache.read(number, features, offset);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      StreetClip clip = clips.clip(number);
      if (random.nextDouble() < BACKWARDS) {
        reverse(features, offset);
        clip = clip.reversed();
      }
      batch.add(clip);
    }
    return new Batch(batch, features);
  }

  private void reverse(float[] features, int offset) {
    float[] kept = new float[frame];
    for (int i = 0; i < StreetClip.FRAMES / 2; i++) {
      int early = offset + i * frame;
      int late = offset + (StreetClip.FRAMES - 1 - i) * frame;
      System.arraycopy(features, early, kept, 0, frame);
      System.arraycopy(features, late, features, early, frame);
      System.arraycopy(kept, 0, features, late, frame);
    }
  }

  @Override
  public void close() throws IOException {
    cache.close();
  }
}
