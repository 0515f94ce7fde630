package dev.flamingo.ingest.video;

/**
 * A colour.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Rgb(int red, int green, int blue) {

  /** Checks the ranges. */
  public Rgb {
    if (((red | green | blue) & ~255) != 0) {
      throw new IllegalArgumentException(
          "a colour's parts must be 0 to 255, but were " + red + "," + green + "," + blue);
    }
  }
}
