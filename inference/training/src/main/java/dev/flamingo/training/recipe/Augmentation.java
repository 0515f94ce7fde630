package dev.flamingo.training.recipe;

import dev.flamingo.training.corpus.Example;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Mirrors pictures and changes their colours (appendix B.1.2), where their text stays true: an
 * example that speaks of left and right keeps its sides, one that names colours keeps them.
 */
final class Augmentation {

  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final double BRIGHTER = 0.3;
  private static final double STRONGER = 0.3;
  private static final int CHANNELS = 3;

  private final CorpusRecipe corpus;
  private final Set<String> sides;
  private final Set<String> colours;

  Augmentation(CorpusRecipe corpus) {
    this.corpus = corpus;
    sides = lower(corpus.flipUnless());
    colours = lower(corpus.colourUnless());
  }

  private static Set<String> lower(Collection<String> words) {
    return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /**
   * How the frames of an example are changed, all alike.
   *
   * @param flip whether they are mirrored
   * @param brightness what is added to normalised values
   * @param contrast what they are multiplied by
   * @param saturation what their distance from grey is multiplied by
   */
  record Change(boolean flip, double brightness, double contrast, double saturation) {

    /** Changes a frame in place {@code [3, size, size]}. */
    void apply(float[] frame, int size) {
      if (flip) {
        mirror(frame, size);
      }
      if (brightness != 0 || contrast != 1 || saturation != 1) {
        colour(frame, size * size);
      }
    }

    private static void mirror(float[] frame, int size) {
      for (int row = 0; row < frame.length / size; row++) {
        for (int left = row * size, right = left + size - 1; left < right; left++, right--) {
          float kept = frame[left];
          frame[left] = frame[right];
          frame[right] = kept;
        }
      }
    }

    private void colour(float[] frame, int plane) {
      for (int i = 0; i < plane; i++) {
        double grey = (frame[i] + frame[plane + i] + frame[2 * plane + i]) / CHANNELS;
        for (int channel = 0; channel < CHANNELS; channel++) {
          int at = channel * plane + i;
          double coloured = grey + saturation * (frame[at] - grey);
          frame[at] = (float) (contrast * coloured + brightness);
        }
      }
    }
  }

  /** Draws a change that leaves the example true. */
  Change draw(Example example, SplittableRandom random) {
    Set<String> words = words(example);
    boolean flip =
        corpus.flip() && random.nextBoolean() && words.stream().noneMatch(sides::contains);
    if (!corpus.colour() || words.stream().anyMatch(colours::contains)) {
      return new Change(flip, 0, 1, 1);
    }
    return new Change(
        flip,
        random.nextDouble(-BRIGHTER, BRIGHTER),
        random.nextDouble(1 - STRONGER, 1 + STRONGER),
        random.nextDouble(1 - STRONGER, 1 + STRONGER));
  }

  private static Set<String> words(Example example) {
    return example.parts().stream()
        .filter(Example.Text.class::isInstance)
        .flatMap(
            part -> BETWEEN.splitAsStream(((Example.Text) part).text().toLowerCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }
}
