package dev.flamingo.model.serving;

import java.time.Duration;

/**
 * One answer.
 *
 * @param text the answer
 * @param finish why it ended
 * @param confidence mean probability of its tokens, the end token included; 0 where there is none
 * @param promptTokens tokens of the prompt
 * @param generatedTokens tokens of the text
 * @param firstToken from the request to this answer's first token; to its end where it has none
 * @param total from the request to this answer's end
 */
public record GeneratedAnswer(
    String text,
    Finish finish,
    double confidence,
    int promptTokens,
    int generatedTokens,
    Duration firstToken,
    Duration total) {

  /** Why an answer ended. */
  public enum Finish {
    /** The model said so. */
    STOP,
    /** It reached the limit of tokens. */
    LENGTH,
    /** It was no longer wanted. */
    CANCELLED
  }
}
