package dev.flamingo.training.glyph;

import java.awt.Color;

/** The colour of a glyph. */
public enum GlyphColour {
  /** Red. */
  RED(.0, .85, .85),
  /** Orange. */
  ORANGE(.083, .95, .98),
  /** Yellow. */
  YELLOW(.15, .85, .97),
  /** Green. */
  GREEN(.36, .75, .62),
  /** Cyan. */
  CYAN(.5, .75, .85),
  /** Blue. */
  BLUE(.61, .8, .85),
  /** Purple. */
  PURPLE(.77, .7, .7),
  /** Pink. */
  PINK(.92, .45, 1),
  /** Brown. */
  BROWN(.065, .7, .45),
  /** White. */
  WHITE(.1, .02, .98);

  private final double hue;
  private final double saturation;
  private final double brightness;

  GlyphColour(double hue, double saturation, double brightness) {
    this.hue = hue;
    this.saturation = saturation;
    this.brightness = brightness;
  }

  /** Returns the colour a little off: what is added to the hue, what brightness is scaled by. */
  Color shade(double hueOff, double scale) {
    return Color.getHSBColor(
        (float) (hue + hueOff), (float) saturation, (float) Math.min(1, brightness * scale));
  }
}
