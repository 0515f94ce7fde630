package dev.flamingo.training.glyph;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Which kinds and words training may bind to each other and which are kept for evaluation: a tenth
 * of the kinds, a fifth of the words.
 *
 * @param kinds kinds, the most frequent first
 * @param words the words
 */
public record GlyphSplit(List<GlyphKind> kinds, List<String> words) {

  private static final long ORDER = 0x676c797068L;
  private static final int HELD_OUT_KINDS = 128;
  private static final int HELD_OUT_WORDS = 40;

  /** Copies the lists. */
  public GlyphSplit {
    kinds = List.copyOf(kinds);
    words = List.copyOf(words);
  }

  /** Returns what training binds. */
  public static GlyphSplit training() {
    List<GlyphKind> kinds = shuffled();
    List<String> words = NonsenseWords.all();
    return new GlyphSplit(
        kinds.subList(HELD_OUT_KINDS, kinds.size()), words.subList(HELD_OUT_WORDS, words.size()));
  }

  /** Returns what evaluation binds. */
  public static GlyphSplit test() {
    return new GlyphSplit(
        shuffled().subList(0, HELD_OUT_KINDS), NonsenseWords.all().subList(0, HELD_OUT_WORDS));
  }

  private static List<GlyphKind> shuffled() {
    List<GlyphKind> kinds = GlyphKind.all();
    Collections.shuffle(kinds, new Random(ORDER));
    return kinds;
  }

  /**
   * Returns a number below a count by chance, the first far more often than the last: the n-th as
   * often as 1/n (arXiv 2205.05055 names Zipf's law as one of the reasons why models learn in
   * context).
   */
  public static int zipf(int count, SplittableRandom random) {
    // The integral of 1/x is the logarithm: its inverse at an even chance.
    double rank = Math.exp(random.nextDouble() * Math.log(count + 1.0));
    return Math.min(count, (int) rank) - 1;
  }
}
