package dev.flamingo.training.glyph;

/**
 * One picture of a glyph.
 *
 * @param look a seed for place, size, turn, shade and background
 */
public record Glyph(GlyphKind kind, long look) {}
