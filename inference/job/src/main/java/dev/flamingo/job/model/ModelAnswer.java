package dev.flamingo.job.model;

/**
 * What a model said.
 *
 * @param text the answer, or why the question is refused
 * @param finish how it ended
 * @param confidence mean probability of its tokens, 0 to 1
 */
public record ModelAnswer(String text, Finish finish, double confidence) {

  /** How an answer ended. */
  public enum Finish {
    /** The model had said all. */
    STOP,
    /** It reached the limit of tokens. */
    LENGTH,
    /** It was no longer wanted. */
    CANCELLED,
    /** The model cannot take such a question. */
    REFUSED
  }

  /** Returns the answer to a question that the model cannot take. */
  public static ModelAnswer refused(String why) {
    return new ModelAnswer(why, Finish.REFUSED, 0);
  }
}
