package dev.flamingo.model.familiarity;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle knows of what it was trained on.
 *
 * @param pictures what it saw
 * @param questions what it was asked
 */
public record Familiarity(PictureStatistics pictures, QuestionStatistics questions) {

  /** How much farther than its farthest example a picture may be and still be shown by it. */
  private static final double AS_FAR_AS_SHOWN = 2;

  /**
   * How like its training a window and a question are.
   *
   * @param familiar whether they are
   * @param score 0 to 1; one half is the threshold, and still familiar
   */
  public record Score(boolean familiar, double score) {

    static Score of(double novelty) {
      return new Score(novelty <= 1, Math.pow(2, -novelty));
    }
  }

  /**
   * Compares a window and a question with the training: the less familiar of the two counts. What
   * the question's own examples show is never unfamiliar: their words, and pictures about as far
   * from the training as theirs.
   *
   * @param picture {@link PictureStatistics#novelty} of the window
   * @param question null for a caption
   * @param shownPictures the same of the examples' windows; null for one that was not measured
   * @param shownTexts questions and answers of the examples
   */
  public Score score(
      double picture,
      @Nullable String question,
      Collection<@Nullable Double> shownPictures,
      List<String> shownTexts) {
    double seen = picture;
    for (Double shown : shownPictures) {
      if (shown == null || picture <= AS_FAR_AS_SHOWN * shown) {
        seen = Math.min(seen, 1);
      }
    }
    double asked = question == null ? 0 : questions.novelty(question, shownTexts);
    return Score.of(Math.max(seen, asked));
  }
}
