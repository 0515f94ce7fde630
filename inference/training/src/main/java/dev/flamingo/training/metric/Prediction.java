package dev.flamingo.training.metric;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A prediction and its references.
 *
 * @param text what was predicted
 * @param references at least one
 */
public record Prediction(String text, List<Reference> references) {

  /**
   * Checks that there is something to compare with.
   *
   * @throws IllegalArgumentException if there is no reference
   */
  public Prediction {
    references = List.copyOf(references);
    if (references.isEmpty()) {
      throw new IllegalArgumentException(
          "the prediction '%s' has no reference: give at least one".formatted(text));
    }
  }

  /** Returns a prediction whose references come from as many people as there are. */
  public static Prediction of(String text, List<String> references) {
    return new Prediction(
        text,
        IntStream.range(0, references.size())
            .mapToObj(i -> new Reference(references.get(i), Integer.toString(i)))
            .toList());
  }
}
