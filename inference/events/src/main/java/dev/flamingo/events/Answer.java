package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The end of a question, or a caption.
 *
 * @param id the question's id, or the caption's
 * @param question the question's text; null for a caption and where it could not be read
 * @param stream which camera; null where it could not be read
 * @param text the answer; null unless completed
 * @param finish why the text ended; null unless completed
 * @param error why there is none; null unless failed
 * @param window what was looked at; null where nothing was
 * @param confidence mean probability of the answer's tokens, 0 to 1
 * @param model name and hash of the model
 * @param timings how long it took; null where nothing was done
 * @param familiar whether picture and question are like what the model was trained on; null where
 *     that was not measured, which never means true
 * @param familiarity how like they are, 0 to 1; null where that was not measured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(
    String id,
    @Nullable String question,
    @Nullable String stream,
    AnswerKind kind,
    AnswerStatus status,
    @Nullable String text,
    @Nullable Finish finish,
    @Nullable AnswerError error,
    @Nullable AnswerWindow window,
    @Nullable Double confidence,
    @Nullable String model,
    @Nullable Timings timings,
    @Nullable Boolean familiar,
    @Nullable Double familiarity) {

  /**
   * Checks the required fields: the question's id and how it ended.
   *
   * @throws IllegalArgumentException if it does not
   */
  public Answer {
    if (id == null || kind == null || status == null) {
      throw new IllegalArgumentException("an answer needs an id, a kind and a status");
    }
  }

  /** Makes an answer whose familiarity was not measured. */
  public Answer(
      String id,
      @Nullable String question,
      @Nullable String stream,
      AnswerKind kind,
      AnswerStatus status,
      @Nullable String text,
      @Nullable Finish finish,
      @Nullable AnswerError error,
      @Nullable AnswerWindow window,
      @Nullable Double confidence,
      @Nullable String model,
      @Nullable Timings timings) {
    this(
        id,
        question,
        stream,
        kind,
        status,
        text,
        finish,
        error,
        window,
        confidence,
        model,
        timings,
        null,
        null);
  }

  /**
   * Returns the same with what was measured of picture and question.
   *
   * @param like whether they are like what the model was trained on
   * @param score how like, 0 to 1
   */
  public Answer measured(boolean like, double score) {
    return new Answer(
        id,
        question,
        stream,
        kind,
        status,
        text,
        finish,
        error,
        window,
        confidence,
        model,
        timings,
        like,
        score);
  }

  /** Returns a failed answer. */
  public static Answer failed(
      String id,
      @Nullable String question,
      @Nullable String stream,
      ErrorCode code,
      String message) {
    return new Answer(
        id,
        question,
        stream,
        AnswerKind.ANSWER,
        AnswerStatus.FAILED,
        null,
        null,
        new AnswerError(code, message),
        null,
        null,
        null,
        null);
  }

  /** Returns the end of a question that was withdrawn. */
  public static Answer cancelled(String id, @Nullable String question, @Nullable String stream) {
    return new Answer(
        id,
        question,
        stream,
        AnswerKind.ANSWER,
        AnswerStatus.CANCELLED,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
