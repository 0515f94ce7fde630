package dev.flamingo.training.glyph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What makes two glyphs the same thing: 1,280 kinds.
 *
 * @param shape its outline
 * @param colour its colour
 * @param texture what fills it
 */
public record GlyphKind(GlyphShape shape, GlyphColour colour, GlyphTexture texture) {

  /** Returns all kinds, always in the same order. */
  public static List<GlyphKind> all() {
    List<GlyphKind> all = new ArrayList<>();
    for (GlyphShape shape : GlyphShape.values()) {
      for (GlyphColour colour : GlyphColour.values()) {
        for (GlyphTexture texture : GlyphTexture.values()) {
          all.add(new GlyphKind(shape, colour, texture));
        }
      }
    }
    return all;
  }

  /** Returns what it is in plain words: {@code a striped red star}. */
  public String description() {
    return "a " + word(texture) + " " + word(colour) + " " + word(shape);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
