package dev.flamingo.training.glyph;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Two-syllable words that mean nothing, always the same ones in the same order. */
public final class NonsenseWords {

  /** Number of words. */
  public static final int COUNT = 200;

  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";
  private static final long SEED = 0x776f7264L;

  private NonsenseWords() {}

  /** Returns the words. */
  public static List<String> all() {
    Random random = new Random(SEED);
    Set<String> words = new LinkedHashSet<>();
    while (words.size() < COUNT) {
      words.add(syllable(random) + syllable(random));
    }
    return List.copyOf(words);
  }

  private static String syllable(Random random) {
    return ""
        + CONSONANTS.charAt(random.nextInt(CONSONANTS.length()))
        + VOWELS.charAt(random.nextInt(VOWELS.length()));
  }
}
