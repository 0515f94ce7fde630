package dev.flamingo.ingest.video;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A colour.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Rgb(int red, int green, int blue) {

  private static final Pattern FORM = Pattern.compile("#[0-9a-fA-F]{6}");

  /** Checks the ranges. */
  public Rgb {
    if (((red | green | blue) & ~255) != 0) {
      throw new IllegalArgumentException(
          "a colour's parts must be 0 to 255, but were " + red + "," + green + "," + blue);
    }
  }

  /**
   * Reads a colour as {@code #808080}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Rgb parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a colour: give six hexadecimal digits, as in #808080".formatted(text));
    }
    int all = HexFormat.fromHexDigits(text, 1, 7);
    return new Rgb(all >> 16, (all >> 8) & 255, all & 255);
  }

  /** Returns it as {@link #parse} reads it. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
  }
}
