package dev.flamingo.events;

/**
 * A piece of an answer as it is spoken. Best effort: pieces may be missing, and after a failure
 * they begin anew.
 *
 * @param id the question's id
 * @param attempt rises when the answer is begun again
 * @param index the piece's place, from 0
 * @param text what is added, with the space before it
 */
public record AnswerDelta(String id, int attempt, int index, String text) {

  /**
   * Checks that it adds something to a question's answer.
   *
   * @throws IllegalArgumentException if it does not
   */
  public AnswerDelta {
    if (id == null || text == null) {
      throw new IllegalArgumentException("a piece of an answer needs an id and a text");
    }
  }
}
