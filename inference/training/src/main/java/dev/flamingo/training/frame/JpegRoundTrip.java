package dev.flamingo.training.frame;

import dev.flamingo.model.bundle.FramePreprocessor;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The way of a frame in production: stored as JPEG of one or another quality, read again and
 * normalised.
 *
 * <p>Not thread-safe.
 */
public final class JpegRoundTrip implements AutoCloseable {

  private final FramePreprocessor preprocessor;
  private final VariedJpeg jpeg;

  /** Takes square frames of a model's size. */
  public JpegRoundTrip(FramePreprocessor preprocessor) {
    this.preprocessor = preprocessor;
    jpeg = new VariedJpeg(preprocessor.size());
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
    try {
      return preprocessor.fromJpeg(jpeg.encode(rgb, look));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    jpeg.close();
  }
}
