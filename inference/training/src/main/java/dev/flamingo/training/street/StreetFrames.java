package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetRenderer;
import dev.flamingo.ingest.video.JpegEncoder;
import dev.flamingo.model.bundle.FramePreprocessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Frames of the street on the way that production takes: drawn, stored as JPEG, read again and
 * normalised.
 *
 * <p>Not thread-safe.
 */
public final class StreetFrames implements AutoCloseable {

  private static final int LOWEST_QUALITY = 45;
  private static final int HIGHEST_QUALITY = 95;
  private static final int QUALITY_STEP = 10;

  private final FramePreprocessor preprocessor;
  private final StreetRenderer renderer;
  private final byte[] rgb;
  private final Map<Integer, JpegEncoder> encoders = new HashMap<>();

  /** Draws frames for a model. */
  public StreetFrames(FramePreprocessor preprocessor) {
    this.preprocessor = preprocessor;
    renderer = new StreetRenderer(preprocessor.size());
    rgb = new byte[preprocessor.size() * preprocessor.size() * 3];
  }

  /** Returns a frame as normalised pixels {@code [3, size, size]}. */
  public float[] pixels(StreetClip clip, int second) {
    renderer.render(clip, second, rgb);
    int qualities = (HIGHEST_QUALITY - LOWEST_QUALITY) / QUALITY_STEP + 1;
    int quality =
        LOWEST_QUALITY + QUALITY_STEP * new SplittableRandom(clip.look()).nextInt(qualities);
    JpegEncoder encoder =
        encoders.computeIfAbsent(
            quality, key -> new JpegEncoder(preprocessor.size(), preprocessor.size(), key));
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
