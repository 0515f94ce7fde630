package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the views without holding up the loop, on which its futures complete. */
final class History {

  private final Vertx vertx;
  private final Views views;

  History(Vertx vertx, Views views) {
    this.vertx = vertx;
    this.views = views;
  }

  /** Returns the answer to a question, if it is kept. */
  Future<Optional<Answer>> answer(String id) {
    return vertx.executeBlocking(() -> views.answer(id), /* ordered= */ false);
  }

  /** Returns the captions of a stream in the order of time. */
  Future<List<Answer>> captions(String stream, Instant from, Instant to) {
    return vertx.executeBlocking(() -> views.captions(stream, from, to), /* ordered= */ false);
  }
}
