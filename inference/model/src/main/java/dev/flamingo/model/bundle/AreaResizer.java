package dev.flamingo.model.bundle;

import java.util.Arrays;
import java.util.List;

/**
 * Makes a square of a picture: every target pixel is the mean of the area it covers, so that
 * nothing flickers between frames; what the picture leaves free is filled with one colour.
 */
final class AreaResizer {

  private static final int CHANNELS = 3;

  private final int size;
  private final Resize rule;
  private final List<Integer> padding;

  AreaResizer(int size, Resize rule, List<Integer> padding) {
    this.size = size;
    this.rule = rule;
    this.padding = padding;
  }

  RgbPicture resize(RgbPicture picture) {
    if (picture.width() == size && picture.height() == size) {
      return picture;
    }
    int width = scaled(picture.width(), picture);
    int height = scaled(picture.height(), picture);
    float[] narrow = narrow(picture, width);
    byte[] packed = new byte[CHANNELS * size * size];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = padding.get(i % CHANNELS).byteValue();
    }
    int left = (size - width) / 2;
    int top = (size - height) / 2;
    float[] row = new float[CHANNELS * width];
    int cut = CHANNELS * Math.max(0, -left);
    for (int y = Math.max(0, -top); y < Math.min(height, size - top); y++) {
      average(narrow, row, y, (double) picture.height() / height, picture.height());
      int at = CHANNELS * ((top + y) * size + left);
      for (int i = cut; i < Math.min(row.length, cut + CHANNELS * size); i++) {
        packed[at + i] = (byte) Math.round(row[i]);
      }
    }
    return new RgbPicture(size, size, packed);
  }

  private int scaled(int side, RgbPicture picture) {
    int longest = Math.max(picture.width(), picture.height());
    int shortest = Math.min(picture.width(), picture.height());
    return switch (rule) {
      case FIT -> Math.max(1, (int) Math.round(side * ((double) size / longest)));
      case CROP -> Math.max(size, (int) Math.round(side * ((double) size / shortest)));
      case SQUASH -> size;
    };
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
