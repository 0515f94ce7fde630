package dev.flamingo.model.bundle;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/**
 * A decoded picture.
 *
 * @param width in pixels
 * @param height in pixels
 * @param packed red, green, blue, pixel after pixel, row after row; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // pixels are handed over, never compared
public record RgbPicture(int width, int height, byte[] packed) {

  private static final int CHANNELS = 3;
  private static final int WHITE = 255;

  /** Returns a picture without transparency: what is transparent lets white through. */
  static RgbPicture of(BufferedImage image) {
    ColorModel colours = image.getColorModel();
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
        && image.getRaster().getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getData().length == CHANNELS * image.getWidth() * image.getHeight()) {
      return ofBgr(image.getWidth(), image.getHeight(), buffer.getData());
    }
    boolean grey = colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    return grey && isWhole(colours) ? ofGrey(image) : ofAny(image);
  }

  private static boolean isWhole(ColorModel colours) {
    int type = colours.getTransferType();
    return type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
  }

  private static RgbPicture ofBgr(int width, int height, byte[] bgr) {
    byte[] packed = new byte[bgr.length];
    for (int i = 0; i < packed.length; i += CHANNELS) {
      packed[i] = bgr[i + 2];
      packed[i + 1] = bgr[i + 1];
      packed[i + 2] = bgr[i];
    }
    return new RgbPicture(width, height, packed);
  }

  /**
   * Takes the samples as they are. Java holds that grey is linear light and turns it into sRGB,
   * where 128 becomes 188; in files it has the curve of sRGB already.
   */
  private static RgbPicture ofGrey(BufferedImage image) {
    Raster raster = image.getRaster();
    ColorModel colours = image.getColorModel();
    int most = (1 << colours.getComponentSize(0)) - 1;
    byte[] packed = new byte[CHANNELS * image.getWidth() * image.getHeight()];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int level = Math.round((float) raster.getSample(x, y, 0) * WHITE / most);
        if (colours.hasAlpha()) {
          int mostAlpha = (1 << colours.getComponentSize(1)) - 1;
          level = onWhite(level, (float) raster.getSample(x, y, 1) / mostAlpha);
        }
        for (int channel = 0; channel < CHANNELS; channel++) {
          packed[at++] = (byte) level;
        }
      }
    }
    return new RgbPicture(image.getWidth(), image.getHeight(), packed);
  }

  private static RgbPicture ofAny(BufferedImage image) {
    int width = image.getWidth();
    byte[] packed = new byte[CHANNELS * width * image.getHeight()];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int pixel : row) {
        float alpha = (pixel >>> 24) / (float) WHITE;
        for (int shift = 16; shift >= 0; shift -= 8) {
          packed[at++] = (byte) onWhite(pixel >> shift & 0xff, alpha);
        }
      }
    }
    return new RgbPicture(width, image.getHeight(), packed);
  }

  private static int onWhite(int level, float alpha) {
    return Math.round(level * alpha + WHITE * (1 - alpha));
  }

  /**
   * Returns the picture as it is to be shown.
   *
   * @param orientation as EXIF numbers it, 1 to 8; anything else changes nothing
   */
  RgbPicture oriented(int orientation) {
    if (orientation < 2 || orientation > 8) {
      return this;
    }
    boolean turned = orientation >= 5;
    int newWidth = turned ? height : width;
    int newHeight = turned ? width : height;
    byte[] shown = new byte[packed.length];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        int from = CHANNELS * source(orientation, x, y);
        System.arraycopy(packed, from, shown, CHANNELS * (y * newWidth + x), CHANNELS);
      }
    }
    return new RgbPicture(newWidth, newHeight, shown);
  }

  /** Returns which stored pixel is shown at a place. */
  private int source(int orientation, int x, int y) {
    int right = width - 1;
    int bottom = height - 1;
    return switch (orientation) {
      case 2 -> y * width + right - x;
      case 3 -> (bottom - y) * width + right - x;
      case 4 -> (bottom - y) * width + x;
      case 5 -> x * width + y;
      case 6 -> (bottom - x) * width + y;
      case 7 -> (bottom - x) * width + right - y;
      default -> x * width + right - y;
    };
  }
}
