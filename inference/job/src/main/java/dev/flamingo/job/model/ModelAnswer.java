package dev.flamingo.job.model;

import org.jspecify.annotations.Nullable;

/**
 * What a model said.
 *
 * @param text the answer, or why the question is refused
 * @param finish how it ended
 * @param confidence mean probability of its tokens, 0 to 1
 * @param familiarity how like its training picture and question are; null where that is not
 *     measured
 */
public record ModelAnswer(
    String text, Finish finish, double confidence, @Nullable ModelFamiliarity familiarity) {

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

  /** Makes an answer that was not measured. */
  public ModelAnswer(String text, Finish finish, double confidence) {
    this(text, finish, confidence, null);
  }

  /** Returns the answer to a question that the model cannot take. */
  public static ModelAnswer refused(String why) {
    return new ModelAnswer(why, Finish.REFUSED, 0);
  }
}
