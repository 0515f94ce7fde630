package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Question;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A question without an end yet, and those who wait for it: none, where all of them left. */
final class OpenQuestion {

  private final Question question;
  private final Instant deadline;
  private final Set<AnswerListener> listeners = new LinkedHashSet<>();
  private boolean published;

  /**
   * A question that is about to be published.
   *
   * @param question without its examples, whose images may be large
   * @param deadline when the job must have answered
   */
  OpenQuestion(Question question, Instant deadline) {
    this.question = question;
    this.deadline = deadline;
  }

  Question question() {
    return question;
  }

  String key() {
    return Objects.requireNonNull(question.id());
  }

  Instant deadline() {
    return deadline;
  }

  boolean published() {
    return published;
  }

  /** Adds one who waits. */
  void join(AnswerListener listener) {
    listeners.add(listener);
    if (published) {
      listener.created(key(), question.stream());
    }
  }

  void leave(AnswerListener listener) {
    listeners.remove(listener);
  }

  void publishes() {
    published = true;
    tell(listener -> listener.created(key(), question.stream()));
  }

  /** Ends it with an answer. */
  void end(Answer answer) {
    if (!published) {
      publishes();
    }
    tell(listener -> listener.end(answer));
  }

  /** Returns an answer that says why the question failed. */
  Answer failure(ErrorCode code, String message) {
    return Answer.failed(key(), question.text(), question.stream(), code, message);
  }

  /** Notifies all that wait; one of them may leave meanwhile. */
  void tell(Consumer<AnswerListener> event) {
    List.copyOf(listeners).forEach(event);
  }

  /** Returns whether a question under the same id is the same question. */
  boolean isSame(Question other) {
    return isSame(other, question.text(), question.stream());
  }

  /** Returns whether an answer belongs to a question. */
  static boolean isSame(Question question, Answer answer) {
    return answer.question() == null || isSame(question, answer.question(), answer.stream());
  }

  private static boolean isSame(Question it, @Nullable String text, @Nullable String stream) {
    return Objects.equals(it.text(), text) && Objects.equals(it.stream(), stream);
  }
}
