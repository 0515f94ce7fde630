package dev.flamingo.ingest.street;

import java.util.EnumSet;
import java.util.List;

/** The colour of an actor. */
public enum Colour {
  /** Red. */
  RED(0xCF2626),
  /** Blue. */
  BLUE(0x2A5CD8),
  /** Green. */
  GREEN(0x24963C),
  /** Yellow. */
  YELLOW(0xF0CB1E),
  /** White. */
  WHITE(0xF2F2F2),
  /** Black. */
  BLACK(0x1E1E22),

  /**
   * Any hue between those with a name, another one for every actor. No street has it by itself: it
   * is there to learn shapes by.
   */
  UNNAMED(0x808080);

  /** The colours that the street has, and words for. */
  public static final List<Colour> NAMED = List.copyOf(EnumSet.complementOf(EnumSet.of(UNNAMED)));

  private final int rgb;

  Colour(int rgb) {
    this.rgb = rgb;
  }

  int rgb() {
    return rgb;
  }
}
