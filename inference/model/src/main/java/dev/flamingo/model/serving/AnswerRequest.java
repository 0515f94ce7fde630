package dev.flamingo.model.serving;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One answer to be made.
 *
 * @param prompt where it goes on from
 * @param media the visual tokens of every medium that the prompt names, in its order
 * @param maxTokens the longest answer in tokens; the model's context may end it earlier
 * @param listener hears the text as it comes
 * @param cancelled asked before every token
 */
public record AnswerRequest(
    Prompt prompt,
    List<VisualTokens> media,
    int maxTokens,
    TokenListener listener,
    BooleanSupplier cancelled) {

  /**
   * Checks that every medium is there.
   *
   * @throws IllegalArgumentException if there are more or fewer than the prompt names, or no token
   *     is allowed
   */
  public AnswerRequest {
    media = new MediaPrompt(prompt, media).media();
    if (prompt.length() == 0 || maxTokens < 1) {
      throw new IllegalArgumentException(
          "an answer of %d tokens to a prompt of %d: allow at least one of each"
              .formatted(maxTokens, prompt.length()));
    }
  }

  /** Asks about one window. */
  public AnswerRequest(
      Prompt prompt,
      VisualTokens visual,
      int maxTokens,
      TokenListener listener,
      BooleanSupplier cancelled) {
    this(prompt, List.of(visual), maxTokens, listener, cancelled);
  }

  /** Returns a request about one window that nobody listens to or cancels. */
  public static AnswerRequest of(Prompt prompt, VisualTokens visual, int maxTokens) {
    return new AnswerRequest(prompt, visual, maxTokens, TokenListener.SILENT, () -> false);
  }

  /** Returns a request after examples that nobody listens to or cancels. */
  public static AnswerRequest of(MediaPrompt prompt, int maxTokens) {
    return new AnswerRequest(
        prompt.prompt(), prompt.media(), maxTokens, TokenListener.SILENT, () -> false);
  }

  /** Returns a request without any medium, from a blind prompt. */
  public static AnswerRequest blind(Prompt prompt, int maxTokens) {
    return new AnswerRequest(prompt, List.of(), maxTokens, TokenListener.SILENT, () -> false);
  }
}
