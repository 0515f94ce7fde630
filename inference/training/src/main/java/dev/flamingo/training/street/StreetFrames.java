package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetRenderer;
import dev.flamingo.model.bundle.FramePreprocessor;
import dev.flamingo.training.frame.JpegRoundTrip;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Frames of the street as a model sees them.
 *
 * <p>Not thread-safe.
 */
public final class StreetFrames implements AutoCloseable {

  private final JpegRoundTrip jpeg;
  private final StreetRenderer renderer;
  private final byte[] rgb;

  /** Draws frames for a model. */
  public StreetFrames(FramePreprocessor preprocessor) {
    jpeg = new JpegRoundTrip(preprocessor);
    renderer = new StreetRenderer(jpeg.size());
    rgb = new byte[jpeg.size() * jpeg.size() * 3];
  }

  /** Returns a frame as normalised pixels {@code [3, size, size]}. */
  public float[] pixels(StreetClip clip, int second) {
    renderer.render(clip, second, rgb);
    return jpeg.pixels(rgb, clip.look());
  }

  /** Returns all frames of a clip in their order, each as {@link #pixels}. */
  public List<float[]> window(StreetClip clip) {
    return IntStream.range(0, StreetClip.FRAMES).mapToObj(second -> pixels(clip, second)).toList();
  }

  @Override
  public void close() {
    jpeg.close();
  }
}
