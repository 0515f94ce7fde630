package dev.flamingo.ingest.video;

/** Where a picture goes on its canvas, by the picture's size alone. */
@FunctionalInterface
interface PictureLayout {

  /**
   * A picture that is scaled and centred on a canvas; what is larger than the canvas is cut off.
   *
   * @param canvasWidth pixels, even
   * @param canvasHeight pixels, even
   * @param width of the scaled picture in pixels, even
   * @param height of the scaled picture in pixels, even
   */
  record Place(int canvasWidth, int canvasHeight, int width, int height) {}

  /**
   * Lays out a picture.
   *
   * @param width as it is shown, upright and with square pixels
   * @param height likewise
   */
  Place place(double width, double height);

  /** The whole picture in a square, its aspect kept. */
  static PictureLayout fit(int size) {
    return (width, height) -> {
      double scale = size / Math.max(width, height);
      return new Place(
          size, size, Math.min(size, even(width * scale)), Math.min(size, even(height * scale)));
    };
  }

  /** A square that is filled, the picture's aspect kept. */
  static PictureLayout crop(int size) {
    return (width, height) -> {
      double scale = size / Math.min(width, height);
      return new Place(size, size, bounded(width * scale, size), bounded(height * scale, size));
    };
  }

  /** The whole picture alone, never enlarged. */
  static PictureLayout within(int mostWidth, int mostHeight) {
    return (width, height) -> {
      double scale = Math.min(1, Math.min(mostWidth / width, mostHeight / height));
      int w = Math.min(mostWidth, even(width * scale));
      int h = Math.min(mostHeight, even(height * scale));
      return new Place(w, h, w, h);
    };
  }

  /** Even numbers keep the chroma planes, which have half the resolution, in step. */
  private static int even(double pixels) {
    return Math.max(2, 2 * (int) Math.round(pixels / 2));
  }

  /** A very long picture is not scaled to more than what can be allocated. */
  private static int bounded(double pixels, int size) {
    return Math.min(16 * size, Math.max(size, even(pixels)));
  }
}
