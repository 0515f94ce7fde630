package dev.flamingo.training.frame;

import dev.flamingo.ingest.video.JpegEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Drawn pictures as JPEG of one or another quality, as cameras and the web have them.
 *
 * <p>Not thread-safe.
 */
public final class VariedJpeg implements AutoCloseable {

  private static final int LOWEST_QUALITY = 45;
  private static final int HIGHEST_QUALITY = 95;
  private static final int QUALITY_STEP = 10;

  private final int size;
  private final Map<Integer, JpegEncoder> encoders = new HashMap<>();

  /**
   * Takes square pictures.
   *
   * @param size their side in pixels
   */
  public VariedJpeg(int size) {
    this.size = size;
  }

  /**
   * Encodes a picture.
   *
   * @param rgb {@code size * size} pixels of three bytes: red, green, blue
   * @param look decides the quality
   * @return a complete JPEG file
   */
  public byte[] encode(byte[] rgb, long look) {
    int qualities = (HIGHEST_QUALITY - LOWEST_QUALITY) / QUALITY_STEP + 1;
    int quality = LOWEST_QUALITY + QUALITY_STEP * new SplittableRandom(look).nextInt(qualities);
    return encoders.computeIfAbsent(quality, key -> new JpegEncoder(size, size, key)).encode(rgb);
  }

  @Override
  public void close() {
    encoders.values().forEach(JpegEncoder::close);
  }
}
