package dev.flamingo.model.serving;

import java.util.SplittableRandom;

/**
 * Pictures that no camera took: discs and squares of any colour that cover one another, as leaves
 * on the ground do, under light between dusk and noon. Their edges, plain areas and sizes are
 * distributed as in pictures of the world, whatever that shows (the dead leaves model).
 *
 * @param size side of a picture in pixels
 */
record DeadLeaves(int size) {

  private static final int CHANNELS = 3;
  private static final int LEAVES = 400;
  private static final int LEVELS = 256;
  private static final double SMALLEST = 0.03;
  private static final double LARGEST = 0.5;
  private static final double DUSK = 0.2;

  /**
   * Draws a picture; the same random numbers draw the same one.
   *
   * @return {@code size * size} pixels, row after row, red, green, blue
   */
  byte[] draw(SplittableRandom random) {
    byte[] packed = new byte[size * size * CHANNELS];
    double light = DUSK + (1 - DUSK) * random.nextDouble();
    for (int leaf = 0; leaf < LEAVES; leaf++) {
      // A density that falls with the cube of the radius looks alike at every distance.
      double share = random.nextDouble();
      double radius =
          size / Math.sqrt(share / (SMALLEST * SMALLEST) + (1 - share) / (LARGEST * LARGEST));
      double x = size * random.nextDouble();
      double y = size * random.nextDouble();
      byte[] colour = new byte[CHANNELS];
      for (int channel = 0; channel < CHANNELS; channel++) {
        colour[channel] = (byte) (light * random.nextInt(LEVELS));
      }
      fill(packed, x, y, radius, random.nextBoolean(), colour);
    }
    return packed;
  }

  private void fill(
      byte[] packed, double x, double y, double radius, boolean round, byte[] colour) {
    int right = (int) Math.min(size - 1, x + radius);
    int bottom = (int) Math.min(size - 1, y + radius);
    for (int row = (int) Math.max(0, y - radius); row <= bottom; row++) {
      for (int column = (int) Math.max(0, x - radius); column <= right; column++) {
        if (!round || Math.hypot(column - x, row - y) <= radius) {
          System.arraycopy(colour, 0, packed, (row * size + column) * CHANNELS, CHANNELS);
        }
      }
    }
  }
}
