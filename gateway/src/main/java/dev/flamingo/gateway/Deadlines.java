package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Ends the questions that the job did not answer in time: those alone of which Kafka holds no
 * answer, so that no answer comes afterwards that was given in time. Used on the loop.
 */
final class Deadlines {

  private static final Duration LONGEST_BEHIND = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Duration grace;
  private final Supplier<Future<Void>> tail;
  private final Executor loop;
  private boolean catchingUp;
  private int unanswered;

  /**
   * Watches deadlines.
   *
   * @param grace how long after a question's deadline an answer that the job gave in time may take
   *     to come here
   * @param tail asks the tail to catch up with Kafka
   * @param loop where all of this happens
   */
  Deadlines(InstantSource clock, Duration grace, Supplier<Future<Void>> tail, Executor loop) {
    this.clock = clock;
    this.grace = grace;
    this.tail = tail;
    this.loop = loop;
  }

  /** Returns how many questions got no end from the job since the last one that did. */
  int unanswered() {
    return unanswered;
  }

  /** Notes that the job has ended a question. */
  void answered() {
    unanswered = 0;
  }

  /**
   * Looks for questions that are late; while it asks the tail, nothing happens.
   *
   * @param open what waits
   * @param isOpen whether a question still waits
   * @param end takes the failures
   */
  void expire(Collection<OpenQuestion> open, Predicate<OpenQuestion> isOpen, Consumer<Answer> end) {
    Instant latest = clock.instant().minus(grace);
    List<OpenQuestion> late =
        open.stream().filter(waiting -> waiting.deadline().isBefore(latest)).toList();
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
                      late.stream()
                          .filter(isOpen)
                          .forEach(waiting -> expire(waiting, caughtUp.succeeded(), end));
                    }));
  }

  private void expire(OpenQuestion late, boolean caughtUp, Consumer<Answer> end) {
    if (caughtUp) {
      unanswered++;
      end.accept(
          late.failure(
              ErrorCode.DEADLINE,
              "nobody answered within %d ms: see whether the job runs"
                  .formatted(late.question().deadlineMillis())));
    } else if (late.deadline().plus(LONGEST_BEHIND).isBefore(clock.instant())) {
      end.accept(
          late.failure(
              ErrorCode.INTERNAL,
              "kafka cannot be read now: look for the answer under the question's id later"));
    }
  }
}
