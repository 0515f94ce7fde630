package dev.flamingo.model.bundle;

import java.util.Arrays;
import java.util.List;

/**
 * Fits a picture into a square: every target pixel is the mean of the area it covers, so that
 * nothing flickers between frames; the aspect is kept, and what remains is filled with one colour.
 */
final class AreaResizer {

  private static final int CHANNELS = 3;

  private final int size;
  private final List<Integer> padding;

  AreaResizer(int size, List<Integer> padding) {
    this.size = size;
    this.padding = padding;
  }

  RgbPicture fit(RgbPicture picture) {
    if (picture.width() == size && picture.height() == size) {
      return picture;
    }
    double scale = (double) size / Math.max(picture.width(), picture.height());
    int width = Math.max(1, (int) Math.round(picture.width() * scale));
    int height = Math.max(1, (int) Math.round(picture.height() * scale));
    float[] narrow = narrow(picture, width);
    byte[] packed = new byte[CHANNELS * size * size];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = padding.get(i % CHANNELS).byteValue();
    }
    int left = (size - width) / 2;
    int top = (size - height) / 2;
    float[] row = new float[CHANNELS * width];
    for (int y = 0; y < height; y++) {
      average(narrow, row, y, (double) picture.height() / height, picture.height());
      int at = CHANNELS * ((top + y) * size + left);
      for (int i = 0; i < row.length; i++) {
        packed[at + i] = (byte) Math.round(row[i]);
      }
    }
    return new RgbPicture(size, size, packed);
  }

  /** Returns {@code [height of the source, width, 3]}. */
  private static float[] narrow(RgbPicture picture, int width) {
    float[] narrow = new float[CHANNELS * width * picture.height()];
    double step = (double) picture.width() / width;
    for (int y = 0; y < picture.height(); y++) {
      int source = CHANNELS * y * picture.width();
      for (int x = 0; x < width; x++) {
        double from = x * step;
        double to = Math.min(picture.width(), from + step);
        int at = CHANNELS * (y * width + x);
        for (int i = (int) from; i < to; i++) {
          float share = (float) ((Math.min(to, i + 1) - Math.max(from, i)) / (to - from));
          for (int channel = 0; channel < CHANNELS; channel++) {
            narrow[at + channel] +=
                share * (picture.packed()[source + CHANNELS * i + channel] & 0xff);
          }
        }
      }
    }
    return narrow;
  }

  private static void average(float[] rows, float[] target, int y, double step, int height) {
    Arrays.fill(target, 0);
    double from = y * step;
    double to = Math.min(height, from + step);
    for (int i = (int) from; i < to; i++) {
      float share = (float) ((Math.min(to, i + 1) - Math.max(from, i)) / (to - from));
      for (int x = 0; x < target.length; x++) {
        target[x] += share * rows[i * target.length + x];
      }
    }
  }
}
