package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.Question;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Questions over HTTP: asking, waiting for the answer, finding it later, withdrawing. */
final class QuestionRoutes {

  private final QuestionDesk desk;
  private final History history;
  private final LiveHub hub;
  private final Supplier<String> ids;
  private final Bodies bodies;
  private final Replies replies;
  private final ClientQuestion reader = new ClientQuestion();

  QuestionRoutes(
      QuestionDesk desk,
      History history,
      LiveHub hub,
      Supplier<String> ids,
      Bodies bodies,
      Replies replies) {
    this.desk = desk;
    this.history = history;
    this.hub = hub;
    this.ids = ids;
    this.bodies = bodies;
    this.replies = replies;
  }

  void addTo(Resources resources) {
    resources.add("/v1/questions", HttpMethod.POST, this::ask);
    resources.add(
        "/v1/questions/:id", Map.of(HttpMethod.GET, this::find, HttpMethod.DELETE, this::withdraw));
  }

  private void ask(RoutingContext request) {
    Question question = reader.question(bodies.object(request));
    boolean chosen = question.id() != null;
    String id = chosen ? String.valueOf(question.id()) : ids.get();
    AnswerListener listener =
        wantsEvents(request) ? events(request) : new WaitingRequest(request, replies);
    leaveWithClient(request, id, listener);
    if (chosen) {
      desk.ask(question, listener, history::answer);
    } else {
      desk.ask(question.withId(id), listener);
    }
  }

  private void find(RoutingContext request) {
    String id = request.pathParam("id");
    if (wantsEvents(request)) {
      follow(request, id);
    } else {
      whenFound(
          request,
          id,
          answer -> replies.json(request, 200, answer),
          () -> replies.json(request, 202, Map.of("id", id, "status", "waiting")));
    }
  }

  private void follow(RoutingContext request, String id) {
    EventStream events = events(request);
    if (events.isOver()) {
      // An EventSource connects again after the end, unless the status is 204.
      request.response().setStatusCode(204).end();
      return;
    }
    leaveWithClient(request, id, events);
    whenFound(request, id, events::end, () -> desk.join(id, events));
  }

  private void withdraw(RoutingContext request) {
    String id = request.pathParam("id");
    whenFound(
        request,
        id,
        answer -> replies.json(request, 200, answer),
        () ->
            desk.cancel(id)
                .onSuccess(
                    done -> replies.json(request, 202, Map.of("id", id, "status", "withdrawn")))
                .onFailure(
                    error ->
                        replies.error(
                            request,
                            503,
                            "kafka-unavailable",
                            "kafka did not take the withdrawal: try again later")));
  }

  /** Runs what fits: the answer is there, or the question waits. Otherwise it is not found. */
  private void whenFound(
      RoutingContext request, String id, Consumer<Answer> answered, Runnable waiting) {
    Optional<Answer> recent = desk.recent(id);
    if (desk.waits(id)) {
      waiting.run();
      return;
    }
    Future<Optional<Answer>> found =
        recent.isPresent() ? Future.succeededFuture(recent) : history.answer(id);
    found
        .onSuccess(
            answer -> {
              if (answer.isPresent()) {
                answered.accept(answer.get());
              } else if (desk.waits(id)) {
                waiting.run();
              } else {
                replies.error(request, 404, "not-found", "there is no answer to question " + id);
              }
            })
        .onFailure(error -> replies.failed(request, error));
  }

  private EventStream events(RoutingContext request) {
    return new EventStream(request, hub, replies);
  }

  private void leaveWithClient(RoutingContext request, String id, AnswerListener listener) {
    request.response().closeHandler(closed -> desk.leave(id, listener));
  }

  private static boolean wantsEvents(RoutingContext request) {
    return String.valueOf(request.request().getHeader("Accept")).contains("text/event-stream");
  }
}
