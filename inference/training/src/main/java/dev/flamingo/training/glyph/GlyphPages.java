package dev.flamingo.training.glyph;

import dev.flamingo.model.serving.Cue;
import dev.flamingo.training.corpus.Example;
import dev.flamingo.training.corpus.Example.Media;
import dev.flamingo.training.corpus.Example.Part;
import dev.flamingo.training.corpus.Example.Text;
import dev.flamingo.training.frame.VariedJpeg;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Pages to learn in context by, as pictures and texts: each of two to four kinds of glyphs has a
 * word of its own that it has on no other page, and comes at least twice.
 *
 * <p>Not thread-safe.
 */
public final class GlyphPages implements AutoCloseable {

  private static final int FEWEST = 5;
  private static final int MOST = 9;
  private static final int FEWEST_WAYS = 2;
  private static final int MOST_WAYS = 4;

  private final GlyphSplit split;
  private final GlyphRenderer renderer;
  private final VariedJpeg jpeg;
  private final byte[] rgb;

  /**
   * Prepares to draw.
   *
   * @param split kinds and words
   * @param size side of the pictures in pixels
   */
  public GlyphPages(GlyphSplit split, int size) {
    this.split = split;
    renderer = new GlyphRenderer(size);
    jpeg = new VariedJpeg(size);
    rgb = new byte[size * size * 3];
  }

  /** Draws a page of 5 to 9 pictures, each with its word behind it as prompts have it. */
  public Example draw(SplittableRandom random) {
    Random order = new Random(random.nextLong());
    int length = random.nextInt(FEWEST, MOST + 1);
    int ways = random.nextInt(FEWEST_WAYS, Math.min(MOST_WAYS, length / 2) + 1);
    List<GlyphKind> kinds = kinds(ways, random);
    List<String> names = ShotSequences.some(split.words(), ways, order);
    Cue cue =
        random.nextDouble() < ShotSequences.ASKED
            ? ShotSequences.question(split.words(), random)
            : Cue.CAPTION;
    List<Part> parts = new ArrayList<>();
    for (int way : ShotSequences.turns(ways, length, order)) {
      Glyph glyph = new Glyph(kinds.get(way), random.nextLong());
      renderer.render(glyph, rgb);
      parts.add(Media.picture(jpeg.encode(rgb, glyph.look())));
      parts.add(new Text(cue.text() + " " + names.get(way)));
    }
    return new Example(parts);
  }

  private List<GlyphKind> kinds(int count, SplittableRandom random) {
    Set<GlyphKind> kinds = new LinkedHashSet<>();
    while (kinds.size() < count) {
      kinds.add(split.kinds().get(GlyphSplit.zipf(split.kinds().size(), random)));
    }
    return List.copyOf(kinds);
  }

  @Override
  public void close() {
    jpeg.close();
  }
}
