package dev.flamingo.model.serving;

import dev.flamingo.model.familiarity.Familiarity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is asked with what the model was trained on. Nothing is measured by a bundle
 * without statistics. Safe for use by several threads.
 */
public final class FamiliarityMeter {

  private final @Nullable Familiarity statistics;

  FamiliarityMeter(@Nullable Familiarity statistics) {
    this.statistics = statistics;
  }

  /** Returns whether the bundle has statistics. */
  public boolean measures() {
    return statistics != null;
  }

  /**
   * Compares a window and a question with the training.
   *
   * @param question null for a caption
   * @param shots its examples
   * @return nothing where the bundle has no statistics or the window was resampled without them
   */
  public Optional<Familiarity.Score> score(
      VisualTokens window, @Nullable String question, List<Shot> shots) {
    Double novelty = window.novelty();
    if (statistics == null || novelty == null) {
      return Optional.empty();
    }
    List<@Nullable Double> pictures = new ArrayList<>();
    for (Shot shot : shots) {
      VisualTokens visual = shot.visual();
      if (visual != null) {
        pictures.add(visual.novelty());
      }
    }
    return Optional.of(statistics.score(novelty, question, pictures, texts(shots)));
  }

  /** Returns the words of a question that the model was never asked about. */
  public List<String> unknownWords(String question) {
    return statistics == null
        ? List.of()
        : statistics.questions().unknownWords(question, List.of());
  }

  private static List<String> texts(List<Shot> shots) {
    List<String> texts = new ArrayList<>();
    for (Shot shot : shots) {
      texts.add(shot.cue().text());
      texts.add(shot.answer());
    }
    return texts;
  }
}
