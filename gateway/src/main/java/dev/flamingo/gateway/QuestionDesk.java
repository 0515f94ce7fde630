package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.events.Topics;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Publishes questions and notifies those who asked. The same id is asked once: while it waits,
 * others who ask it join the wait; afterwards they get its answer. Used on the loop.
 */
final class QuestionDesk {

  private static final int MOST = 50_000;
  private static final Duration LONGEST_BEHIND = Duration.ofSeconds(30);

  private final Topics topics;
  private final Publisher publisher;
  private final InstantSource clock;
  private final Duration grace;
  private final Supplier<Future<Void>> tail;
  private final Executor loop;
  private final JsonSerde<Question> questions = new JsonSerde<>(Question.class);
  private final Map<String, OpenQuestion> open = new HashMap<>();
  private final RecentAnswers recent = new RecentAnswers();
  private boolean catchingUp;
  private int unanswered;

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
    this.topics = topics;
    this.publisher = publisher;
    this.clock = clock;
    this.grace = grace;
    this.tail = tail;
    this.loop = loop;
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
    return unanswered;
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
      listener.refused(taken(id));
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
      listener.refused(taken(answer.id()));
    }
  }

  private void goOn(OpenQuestion fresh, Question question, Optional<Answer> known) {
    if (open.get(fresh.key()) != fresh) {
      return; // It ended meanwhile: it was withdrawn, or another gateway's answer came.
    }
    if (known.isPresent() && !OpenQuestion.isSame(question, known.get())) {
      refuse(fresh, taken(fresh.key()));
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

  private static HttpError taken(String id) {
    return new HttpError(
        409,
        ErrorCode.BAD_QUESTION.wireName(),
        "the id %s belongs to another question: choose another id".formatted(id));
  }

  static HttpError starting() {
    return new HttpError(503, "starting", "the views are being restored: try again soon");
  }

  private void publish(Question question, OpenQuestion fresh) {
    String id = fresh.key();
    publisher
        .send(
            topics.questions(),
            question.stream(),
            questions.write(question),
            id,
            "dev.flamingo.question.v1")
        .onFailure(
            error -> {
              if (open.get(id) == fresh) {
                end(lost(fresh.question(), error));
              }
            });
  }

  private static Answer lost(Question question, Throwable error) {
    if (error instanceof BufferExhaustedException) {
      return failed(question, ErrorCode.OVERLOADED, "kafka is behind: ask again later");
    }
    return error instanceof RecordTooLargeException
        ? failed(
            question,
            ErrorCode.BAD_QUESTION,
            "the question is too large for a record: show fewer examples or smaller images")
        : failed(question, ErrorCode.INTERNAL, "kafka did not take the question: ask again later");
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
    Question withdrawal = Question.cancelling(id, question.stream());
    return publisher
        .send(
            topics.questions(),
            question.stream(),
            questions.write(withdrawal),
            id + "-cancel",
            "dev.flamingo.question.cancelled.v1")
        .mapEmpty();
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
    unanswered = 0;
    recent.add(answer);
    end(answer);
  }

  private void end(Answer answer) {
    OpenQuestion waiting = open.remove(answer.id());
    if (waiting != null) {
      waiting.end(answer);
    }
  }

  /**
   * Ends the questions that the job did not answer in time: those alone of which Kafka holds no
   * answer, so that no answer comes afterwards that was given in time.
   */
  void expire() {
    Instant latest = clock.instant().minus(grace);
    List<OpenQuestion> late =
        open.values().stream().filter(waiting -> waiting.deadline().isBefore(latest)).toList();
    if (late.isEmpty() || catchingUp) {
      return;
    }
    catchingUp = true;
    tail.get()
        .onComplete(
            caughtUp ->
                loop.execute(
                    () -> {
                      catchingUp = false;
                      late.forEach(waiting -> expire(waiting, caughtUp.succeeded()));
                    }));
  }

  private void expire(OpenQuestion late, boolean caughtUp) {
    if (open.get(late.key()) != late) {
      return;
    }
    Question question = late.question();
    if (caughtUp) {
      unanswered++;
      end(
          failed(
              question,
              ErrorCode.DEADLINE,
              "nobody answered within %d ms: see whether the job runs"
                  .formatted(question.deadlineMillis())));
    } else if (late.deadline().plus(LONGEST_BEHIND).isBefore(clock.instant())) {
      end(
          failed(
              question,
              ErrorCode.INTERNAL,
              "kafka cannot be read now: look for the answer under the question's id later"));
    }
  }

  private static Answer failed(Question question, ErrorCode code, String message) {
    return Answer.failed(
        Objects.requireNonNull(question.id()), question.text(), question.stream(), code, message);
  }
}
