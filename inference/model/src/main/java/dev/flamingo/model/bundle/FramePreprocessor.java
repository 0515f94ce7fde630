package dev.flamingo.model.bundle;

import java.io.IOException;

/**
 * From a picture to the model's input. Training and serving both go through here, so that both see
 * the same numbers. Safe for use by several threads.
 */
public final class FramePreprocessor {

  private static final int CHANNELS = 3;
  private static final int LEVELS = 256;

  private final PictureDecoder decoder = new PictureDecoder();
  private final int size;
  private final AreaResizer resizer;
  private final float[][] levels = new float[CHANNELS][LEVELS];

  /**
   * Makes a preprocessor.
   *
   * @param size side of the model's pictures in pixels
   */
  public FramePreprocessor(int size, Preprocessing preprocessing) {
    this.size = size;
    this.resizer = new AreaResizer(size, preprocessing.resize(), preprocessing.padding());
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int level = 0; level < LEVELS; level++) {
        double scaled = level / 255.0 - preprocessing.mean().get(channel);
        levels[channel][level] = (float) (scaled / preprocessing.std().get(channel));
      }
    }
  }

  /** Returns the side of the model's pictures in pixels. */
  public int size() {
    return size;
  }

  /**
   * Decodes a JPEG of any size, turned by its EXIF orientation; another size than the model's is
   * averaged down to the square by the model's rule ({@link Resize}).
   *
   * @return {@code [3, size, size]}, red, green and blue planes
   * @throws IOException if it is damaged, not a JPEG or above 40 megapixels
   */
  public float[] fromJpeg(byte[] jpeg) throws IOException {
    RgbPicture picture = decoder.decodeJpeg(jpeg);
    return fromRgb(resizer.resize(picture).packed());
  }

  /**
   * Normalises a picture of the model's size.
   *
   * @param packed red, green, blue, pixel after pixel, row after row
   * @return {@code [3, size, size]}, red, green and blue planes
   * @throws IllegalArgumentException if it is not of the model's size
   */
  public float[] fromRgb(byte[] packed) {
    int plane = size * size;
    if (packed.length != CHANNELS * plane) {
      throw new IllegalArgumentException(
          "a picture of %d bytes is not %d x %d pixels".formatted(packed.length, size, size));
    }
    float[] planar = new float[packed.length];
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int i = 0; i < plane; i++) {
        planar[channel * plane + i] = levels[channel][packed[i * CHANNELS + channel] & 0xff];
      }
    }
    return planar;
  }
}
