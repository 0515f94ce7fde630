package dev.flamingo.events;

import java.util.List;

/**
 * Few-shot examples that questions can name; their name is the record's key.
 *
 * @param examples at least one; a window is one of the stream that is asked about
 */
public record Support(List<Example> examples) {

  /**
   * Checks the examples.
   *
   * @throws IllegalArgumentException if there are none or too many, or one is wrong
   */
  public void check() {
    if (examples == null || examples.isEmpty()) {
      throw new IllegalArgumentException("a support needs at least one example");
    }
    Example.check(examples);
  }
}
