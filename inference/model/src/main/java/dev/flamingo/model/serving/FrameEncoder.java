package dev.flamingo.model.serving;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.FlamingoConfig;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** The vision encoder. Safe for use by several threads. */
public final class FrameEncoder {

  /** Bounds the memory of one run; longer lists take several. */
  private static final int MAX_BATCH = 32;

  private static final int CHANNELS = 3;

  private final GraphSession session;
  private final EngineCounters counters;
  private final int imageSize;
  private final int channels;
  private final int featureSize;

  FrameEncoder(GraphSession session, FlamingoConfig config, EngineCounters counters) {
    this.session = session;
    this.counters = counters;
    imageSize = config.imageSize();
    channels = config.vision().width();
    featureSize = config.patches() * config.vision().width();
  }

  /**
   * Encodes frames, in order.
   *
   * @param pixels normalised pictures {@code [3, size, size]}, as the bundle's preprocessor makes
   *     them
   * @throws IllegalArgumentException if a picture is of another size
   */
  public List<FrameFeatures> encode(List<float[]> pixels) {
    List<FrameFeatures> features = new ArrayList<>(pixels.size());
    int most = Math.min(MAX_BATCH, session.most(CHANNELS, imageSize, imageSize));
    for (int from = 0; from < pixels.size(); from += most) {
      encode(pixels.subList(from, Math.min(pixels.size(), from + most)), features);
    }
    return features;
  }

  /**
   * Pools the features of a medium's frames, for retrieval.
   *
   * @param frames at least one, as {@link #encode} makes them
   * @throws IllegalArgumentException if there is none
   */
  public PooledFeatures pool(List<FrameFeatures> frames) {
    return PooledFeatures.of(frames, channels);
  }

  private void encode(List<float[]> pixels, List<FrameFeatures> features) {
    int pictureSize = CHANNELS * imageSize * imageSize;
    int rows = session.filled(pixels.size(), CHANNELS, imageSize, imageSize);
    float[] batch = new float[rows * pictureSize];
    for (int i = 0; i < pixels.size(); i++) {
      float[] picture = pixels.get(i);
      if (picture.length != pictureSize) {
        throw new IllegalArgumentException(
            "a picture of %d values is not 3 x %d x %d"
                .formatted(picture.length, imageSize, imageSize));
      }
      System.arraycopy(picture, 0, batch, i * pictureSize, pictureSize);
    }
    try (NDManager manager = session.newManager()) {
      NDList inputs =
          new NDList(
              GraphSession.tensor(manager, "pixels", batch, rows, CHANNELS, imageSize, imageSize));
      FloatBuffer output = GraphSession.values(session.run(inputs).head());
      for (int i = 0; i < pixels.size(); i++) {
        float[] values = new float[featureSize];
        output.get(values);
        features.add(new FrameFeatures(values));
      }
    }
    counters.addFrames(pixels.size());
  }
}
