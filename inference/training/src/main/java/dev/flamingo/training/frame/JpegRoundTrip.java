package dev.flamingo.training.frame;

import dev.flamingo.ingest.video.JpegEncoder;
import dev.flamingo.model.bundle.FramePreprocessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The way of a frame in production: stored as JPEG of one or another quality, read again and
 * normalised.
 *
 * <p>Not thread-safe.
 */
public final class JpegRoundTrip implements AutoCloseable {

  private static final int LOWEST_QUALITY = 45;
  private static final int HIGHEST_QUALITY = 95;
  private static final int QUALITY_STEP = 10;

  private final FramePreprocessor preprocessor;
  private final Map<Integer, JpegEncoder> encoders = new HashMap<>();

  /** Takes square frames of a model's size. */
  public JpegRoundTrip(FramePreprocessor preprocessor) {
    this.preprocessor = preprocessor;
  }

  /** Returns the side of a frame in pixels. */
  public int size() {
    return preprocessor.size();
  }

  /**
   * Returns a frame as normalised pixels {@code [3, size, size]}.
   *
   * @param rgb {@code size * size} pixels of three bytes: red, green, blue
   * @param look decides the quality
   */
  public float[] pixels(byte[] rgb, long look) {
    int qualities = (HIGHEST_QUALITY - LOWEST_QUALITY) / QUALITY_STEP + 1;
    int quality = LOWEST_QUALITY + QUALITY_STEP * new SplittableRandom(look).nextInt(qualities);
    JpegEncoder encoder =
        encoders.computeIfAbsent(quality, key -> new JpegEncoder(size(), size(), key));
    try {
      return preprocessor.fromJpeg(encoder.encode(rgb));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    encoders.values().forEach(JpegEncoder::close);
  }
}
