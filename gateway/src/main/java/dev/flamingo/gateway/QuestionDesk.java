package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Question;
import dev.flamingo.events.Topics;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Publishes questions and notifies those who asked. The same id is asked once: while it waits,
 * others who ask it join the wait; afterwards they get its answer. Used on the loop.
 */
final class QuestionDesk {

  private static final int MOST = 50_000;

  private final QuestionPublisher publisher;
  private final InstantSource clock;
  private final Deadlines deadlines;
  private final Map<String, OpenQuestion> open = new HashMap<>();
  private final RecentAnswers recent = new RecentAnswers();

  /**
   * Opens the desk.
   *
   * @param grace how long after a question's deadline an answer that the job gave in time may take
   *     to come here
   * @param tail asks the tail to catch up with Kafka
   * @param loop where all of this happens
   */
  QuestionDesk(
      Topics topics,
      Publisher publisher,
      InstantSource clock,
      Duration grace,
      Supplier<Future<Void>> tail,
      Executor loop) {
    this.publisher = new QuestionPublisher(topics, publisher);
    this.clock = clock;
    deadlines = new Deadlines(clock, grace, tail, loop);
  }

  /** Returns whether a question with this id waits. */
  boolean waits(String id) {
    return open.containsKey(id);
  }

  /** Returns whether this very question waits. */
  boolean waitsFor(Question question) {
    OpenQuestion waiting = open.get(Objects.requireNonNull(question.id()));
    return waiting != null && waiting.isSame(question);
  }

  int waiting() {
    return open.size();
  }

  /** Returns how many questions got no end from the job since the last one that did. */
  int unanswered() {
    return deadlines.unanswered();
  }

  /** Returns the answer to a question if it just came. */
  Optional<Answer> recent(String id) {
    return recent.find(id);
  }

  /**
   * Asks a question with a new id.
   *
   * @param question with an id
   */
  void ask(Question question, AnswerListener listener) {
    ask(question, listener, id -> Future.succeededFuture(Optional.empty()));
  }

  /**
   * Asks a question whose id may have been used before: it joins the wait, or gets the answer.
   *
   * @param question with an id
   * @param stored finds the answers of before; ends on the loop
   */
  void ask(
      Question question,
      AnswerListener listener,
      Function<String, Future<Optional<Answer>>> stored) {
    String id = Objects.requireNonNull(question.id());
    OpenQuestion waiting = open.get(id);
    Optional<Answer> answered = recent.find(id);
    if (waiting != null && waiting.isSame(question)) {
      waiting.join(listener);
    } else if (waiting != null) {
      listener.refused(taken());
    } else if (answered.isPresent()) {
      answer(question, answered.get(), listener);
    } else if (open.size() >= MOST) {
      listener.refused(
          new HttpError(429, "overloaded", "%d questions wait: ask again later".formatted(MOST)));
    } else {
      Instant deadline = clock.instant().plusMillis(question.deadlineMillis());
      OpenQuestion fresh = new OpenQuestion(question.withoutExamples(), deadline);
      fresh.join(listener);
      open.put(id, fresh);
      stored
          .apply(id)
          .onSuccess(known -> goOn(fresh, question, known))
          .onFailure(error -> refuse(fresh, starting()));
    }
  }

  private static void answer(Question question, Answer answer, AnswerListener listener) {
    if (OpenQuestion.isSame(question, answer)) {
      listener.created(answer.id(), question.stream());
      listener.end(answer);
    } else {
      listener.refused(taken());
    }
  }

  private void goOn(OpenQuestion fresh, Question question, Optional<Answer> known) {
    if (!isOpen(fresh)) {
      return; // It ended meanwhile: it was withdrawn, or another gateway's answer came.
    }
    if (known.isPresent() && !OpenQuestion.isSame(question, known.get())) {
      refuse(fresh, taken());
    } else if (known.isPresent()) {
      end(known.get());
    } else {
      fresh.publishes();
      publish(question, fresh);
    }
  }

  private void refuse(OpenQuestion fresh, HttpError why) {
    if (open.remove(fresh.key(), fresh)) {
      fresh.tell(listener -> listener.refused(why));
    }
  }

  private static HttpError taken() {
    return new HttpError(
        409,
        ErrorCode.BAD_QUESTION.wireName(),
        "this id belongs to another question: choose another id");
  }

  static HttpError starting() {
    return new HttpError(503, "starting", "the views are being restored: try again soon");
  }

  private void publish(Question question, OpenQuestion fresh) {
    publisher
        .ask(question, fresh)
        .onFailure(
            error -> {
              if (isOpen(fresh)) {
                end(QuestionPublisher.lost(fresh, error));
              }
            });
  }

  private boolean isOpen(OpenQuestion waiting) {
    return open.get(waiting.key()) == waiting;
  }

  /**
   * Withdraws a question that waits; its end comes as that of any other.
   *
   * @return completes when Kafka has the withdrawal
   */
  Future<Void> cancel(String id) {
    OpenQuestion waiting = open.get(id);
    if (waiting == null) {
      return Future.succeededFuture();
    }
    Question question = waiting.question();
    if (!waiting.published()) {
      end(Answer.cancelled(id, question.text(), question.stream()));
      return Future.succeededFuture();
    }
    return publisher.withdraw(waiting);
  }

  /** Joins the wait for a question; returns false if it does not wait. */
  boolean join(String id, AnswerListener listener) {
    OpenQuestion waiting = open.get(id);
    if (waiting != null) {
      waiting.join(listener);
    }
    return waiting != null;
  }

  /** Lets one who waits go. The question itself goes on: its answer can be had by its id. */
  void leave(String id, AnswerListener listener) {
    OpenQuestion waiting = open.get(id);
    if (waiting != null) {
      waiting.leave(listener);
    }
  }

  void hear(AnswerDelta delta) {
    OpenQuestion waiting = open.get(delta.id());
    if (waiting != null) {
      waiting.tell(listener -> listener.delta(delta));
    }
  }

  /** The first final answer ends the question; later ones are passed over. */
  void hear(Answer answer) {
    deadlines.answered();
    recent.add(answer);
    end(answer);
  }

  private void end(Answer answer) {
    OpenQuestion waiting = open.remove(answer.id());
    if (waiting != null) {
      waiting.end(answer);
    }
  }

  /** Ends the questions that the job did not answer in time, see {@link Deadlines}. */
  void expire() {
    deadlines.expire(open.values(), this::isOpen, this::end);
  }
}
