package dev.flamingo.ingest.street;

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
  BLACK(0x1E1E22);

  private final int rgb;

  Colour(int rgb) {
    this.rgb = rgb;
  }

  int rgb() {
    return rgb;
  }
}
