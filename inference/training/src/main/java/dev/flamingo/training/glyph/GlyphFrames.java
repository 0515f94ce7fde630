package dev.flamingo.training.glyph;

import dev.flamingo.model.bundle.FramePreprocessor;
import dev.flamingo.training.frame.JpegRoundTrip;

/**
 * Pictures of glyphs as a model sees them.
 *
 * <p>Not thread-safe.
 */
public final class GlyphFrames implements AutoCloseable {

  private final JpegRoundTrip jpeg;
  private final GlyphRenderer renderer;
  private final byte[] rgb;

  /** Draws pictures for a model. */
  public GlyphFrames(FramePreprocessor preprocessor) {
    jpeg = new JpegRoundTrip(preprocessor);
    renderer = new GlyphRenderer(jpeg.size());
    rgb = new byte[jpeg.size() * jpeg.size() * 3];
  }

  /** Returns a picture as normalised pixels {@code [3, size, size]}. */
  public float[] pixels(Glyph glyph) {
    renderer.render(glyph, rgb);
    return jpeg.pixels(rgb, glyph.look());
  }

  @Override
  public void close() {
    jpeg.close();
  }
}
