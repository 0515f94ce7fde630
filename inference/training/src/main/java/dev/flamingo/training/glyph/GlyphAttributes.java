package dev.flamingo.training.glyph;

import dev.flamingo.training.objective.AttributeHeads.Attribute;
import java.util.Arrays;
import java.util.List;

/** The visible attributes of a glyph, as classes. */
public final class GlyphAttributes {

  private GlyphAttributes() {}

  /** Returns shape, colour and texture. */
  public static List<Attribute> attributes() {
    return List.of(
        new Attribute("shape", "shape", GlyphShape.values().length, 1),
        new Attribute("colour", "colour", GlyphColour.values().length, 1),
        new Attribute("texture", "texture", GlyphTexture.values().length, 1));
  }

  /** Returns the class of every attribute of every glyph {@code [glyphs, attributes]}. */
  public static long[] of(List<Glyph> glyphs) {
    return glyphs.stream()
        .map(Glyph::kind)
        .flatMapToLong(
            kind ->
                Arrays.stream(
                    new long[] {
                      index(GlyphShape.values(), kind.shape()),
                      index(GlyphColour.values(), kind.colour()),
                      index(GlyphTexture.values(), kind.texture())
                    }))
        .toArray();
  }

  private static <T> int index(T[] values, T value) {
    return Arrays.asList(values).indexOf(value);
  }
}
