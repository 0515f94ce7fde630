package dev.flamingo.settings;

import java.util.List;

/**
 * What one source gives, and what of it cannot be read.
 *
 * @param values the values
 * @param problems what is wrong with the source itself
 */
public record Layer(List<Given> values, List<Problem> problems) {

  /** Copies the lists. */
  public Layer {
    values = List.copyOf(values);
    problems = List.copyOf(problems);
  }

  /** Returns one without problems. */
  public static Layer of(List<Given> values) {
    return new Layer(values, List.of());
  }
}
