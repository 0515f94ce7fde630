package dev.flamingo.model.serving;

import java.util.List;

/**
 * What stands between a medium and the text that the model goes on with: the paper's prompt forms
 * (appendix A.2), in its letters. A tokenizer that knows small letters alone, such as the street's,
 * reads them small.
 *
 * @param text the words before the answer
 */
public record Cue(String text) {

  /** A caption, or the name of a class: {@code Output:}. */
  public static final Cue CAPTION = new Cue("Output:");

  /**
   * One turn of a dialogue.
   *
   * @param question what was asked
   * @param answer what was answered
   */
  public record Turn(String question, String answer) {}

  /** Returns a question: {@code Question: ... Answer:}. */
  public static Cue question(String question) {
    return new Cue("Question: " + question + " Answer:");
  }

  /**
   * Returns the next question of a dialogue about one medium. Its turns follow each other as
   * questions do; the caption, which may be empty, comes first and without a word before it. The
   * paper does not say whether a chunk ends after every turn; here it ends with the last answer,
   * since the turns are about one medium.
   */
  public static Cue dialogue(String caption, List<Turn> history, String question) {
    StringBuilder text = new StringBuilder(caption.isEmpty() ? "" : caption + " ");
    for (Turn turn : history) {
      text.append(question(turn.question()).text()).append(' ').append(turn.answer()).append(' ');
    }
    return new Cue(text.append(question(question).text()).toString());
  }
}
