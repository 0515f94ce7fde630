package dev.flamingo.training.street;

import java.util.List;

/**
 * A question about a clip, and its answer.
 *
 * @param family what kind of question it is
 * @param phrasings the same question in several words; the first one stands for all
 * @param answer the right answer
 */
public record StreetQuestion(QuestionFamily family, List<String> phrasings, String answer) {

  /** Copies the phrasings. */
  public StreetQuestion {
    phrasings = List.copyOf(phrasings);
  }

  /** Returns the question in the words that stand for all its phrasings. */
  public String text() {
    return phrasings.get(0);
  }
}
